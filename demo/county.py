"""The invented county: its places, its offices, how large it is. Nothing here is copied from a real one."""

from __future__ import annotations

from dataclasses import dataclass

#: One seed, so that every demo county of one size is the same.
SEED = 20261123
#: A code that GB/T 2260 has not given to anybody.
DIVISION = "130199"
COUNTY = "示范县"
TOWNS = ("示范镇", "东河镇", "西岭镇", "南桥镇", "北店镇", "柳泉乡", "大杨乡", "经济开发区")
BUREAU = "示范县人力资源和社会保障局"
SECTIONS = ("劳动监察股", "社会保险股", "就业培训股")
#: Neighbouring departments that inspect jointly, and the one that oversees.
PARTNERS = ("示范县市场监督管理局", "示范县住房和城乡建设局")
JUSTICE = "示范县司法局"


@dataclass(frozen=True)
class Size:
    """How many of what; `Size.of(subjects)` keeps the proportions of the usual county."""

    enterprises: int = 12_000
    households: int = 25_000
    inspectors: int = 12

    @classmethod
    def of(cls, subjects: int, inspectors: int = 12) -> Size:
        """A county of so many enterprises and households together. ValueError below 100.

        At least so many inspectors, and one for every thousand enterprises: with fewer, the year's plan
        would rightly be refused for want of people.
        """
        if subjects < 100:
            raise ValueError("a county has at least 100 subjects")
        enterprises = round(subjects * 12 / 37)
        return cls(enterprises, subjects - enterprises, max(inspectors, enterprises // 1000))

    @property
    def schools(self) -> int:
        """Training schools, which are neither enterprises nor households."""
        return max(4, min(self.enterprises // 400, 400))

    @property
    def cooperatives(self) -> int:
        """Farmers' co-operatives."""
        return max(3, self.enterprises // 120)

    def share(self, one_in: int, *, least: int, most: int) -> int:
        """One enterprise in so many, within bounds: what is drawn, visited or complained about."""
        return max(least, min(most, self.enterprises // one_in))


USUAL = Size()
#: The same county with the people of a large bureau.
LARGE = Size(inspectors=60)
SIZES = {"usual": USUAL, "large": LARGE}

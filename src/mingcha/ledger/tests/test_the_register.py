from django.db.models import Model

from mingcha.ledger.models import Record
from mingcha.ledger.registers import RecordRegister
from mingcha.ledger.tests.happenings import note
from mingcha.web.testing import RegisterContract, screen_rows, workbook_sheets


class TestRecordRegister(RegisterContract):
    register = RecordRegister

    def make(self, number: int) -> Model:
        note(after={"n": number}, why=f"第{number}次")
        return Record.objects.order_by("-seq")[0]

    def test_an_export_holds_the_rows_order_and_columns_of_the_screen(self) -> None:
        """As everywhere, but for one row: taking the ledger out is an event, and stands in what is taken."""
        for number in range(4):
            self.make(number)
        client = self.as_reader()
        screen = screen_rows(client.get(self.own.url("list")).content.decode())

        ((_watermark, headings, itself, *rows),) = workbook_sheets(self.export(client))

        assert headings == [column.label_for(Record) for column in self.own.all_columns]
        assert itself[0] == "5"
        assert "核对名册" in itself
        assert [(row + [""] * len(headings))[: len(headings)] for row in rows] == screen

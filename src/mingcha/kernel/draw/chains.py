"""chains.json: every chain that was carried out and the reason of every empty slot (protocol 7.7, 7.10)."""

from __future__ import annotations

from typing import Any

from .pairing import Chain, Pairing
from .text import canonical_json


def chain_record(pairing: Pairing, chain: Chain) -> dict[str, Any]:
    """One chain with inspector codes and 抽取序号: `kind`, `moves` [{from, seq, to}…] and, for a 调剂, who
    `joins` which `seq`."""
    moves = [{"from": pairing.ids[a], "seq": u + 1, "to": pairing.ids[j]} for a, u, j in chain.moves]
    record: dict[str, Any] = {"kind": chain.kind, "moves": moves}
    if chain.target is not None:
        record.update(joins=pairing.ids[chain.joins], seq=chain.target + 1)
    return record


def chains_json(pairing: Pairing) -> bytes:
    """The canonical bytes of chains.json (protocol 7.7: all chains and certificates are published).

    `chains` are in the order in which they happened. `certificates` are sorted lists of inspectors that a
    failed search reached, each once, because many targets usually fail for one reason; `unserved` names for
    each target the missing slots and the index of its certificate.
    """
    reached = [sorted(pairing.ids[p] for p in u.reached) for u in pairing.unserved]
    certificates = sorted({tuple(r) for r in reached})
    index = {certificate: number for number, certificate in enumerate(certificates)}
    unserved = [
        {"certificate": index[tuple(reached[n])], "id": pairing.targets[u.target].id, "seq": u.target + 1,
         "slots": u.slots}
        for n, u in enumerate(pairing.unserved)
    ]  # fmt: skip
    chains = [chain_record(pairing, c) for c in pairing.chains]
    return canonical_json(
        {"certificates": [list(c) for c in certificates], "chains": chains, "unserved": unserved}
    )

"""Tables of publication."""

from mingcha.publication.models.publications import READERS, SHOWN_STATES, Publication, PublicationFile

__all__ = ["READERS", "SHOWN_STATES", "Publication", "PublicationFile"]

"""Every sentence that these tests make a page show has its Welsh."""

from tests.support.sentences import every_sentence_has_its_welsh

__all__ = ["every_sentence_has_its_welsh"]

"""A report as a page to print."""

from streams.cli.report_page import html_page

REPORT = "# LAPORAN <SITUASI>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<b>tebal</b>\n"


def test_a_page_stands_alone() -> None:
    """Its style is in it, its title is the first heading, its tables are tables."""
    page = html_page(REPORT, "id", "")
    assert "<title>LAPORAN &lt;SITUASI&gt;</title>" in page
    assert "size: A4" in page
    assert "<td>1</td>" in page
    assert 'class="restricted"' not in page


def test_html_in_a_report_is_shown_and_does_nothing() -> None:
    """Whoever forgets to escape makes no page that acts."""
    assert "&lt;b&gt;tebal&lt;/b&gt;" in html_page(REPORT, "id", "")


def test_the_mark_stands_on_the_screen_and_on_each_page() -> None:
    """Above the text, and in the margin of print."""
    page = html_page(REPORT, "en", "RESTRICTED – x")
    assert '<html lang="en">' in page
    assert '<div class="restricted">RESTRICTED – x</div>' in page
    assert '@page { @top-center { content: "RESTRICTED – x"' in page

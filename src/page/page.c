/*
 * The page, put into the program by the assembler, in read-only memory of its own, so that whoever is not asked for it
 * never touches it. The hashes are those of what stands between <script> and </script>, and between <style> and
 * </style>; tests/page.bats works them out again, and tells what they have to be.
 */
#include "page/page.h"

#define SCRIPT "sha256-12pWcF2TfW5/PIJN8bEXTVsa/qAQByR99JglLoJ/zLE="
#define STYLE "sha256-E5tu4BpaUD63nzAT0RE1PLUROfE2VgLZl4II7uF6QS4="

/* The file is looked for where headers are. A quad is a uint64_t, whatever the machine. */
__asm__(".pushsection .rodata.page, \"a\", %progbits\n"
        ".balign 8\n"
        ".globl page_length\n"
        "page_length: .quad page_end - page_bytes\n"
        ".globl page_bytes\n"
        "page_bytes: .incbin \"page/page.html\"\n"
        "page_end:\n"
        ".popsection\n");

extern const uint64_t page_length;
extern const char page_bytes[];

struct span page_html(void)
{
    return (struct span){page_bytes, (size_t)page_length};
}

struct span page_fields(void)
{
    return span_of("Content-Security-Policy: default-src 'none'; script-src '" SCRIPT "'; style-src '" STYLE "'; "
                   "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                   "require-trusted-types-for 'script'\r\n"
                   "Referrer-Policy: no-referrer\r\n"
                   "Vary: Accept\r\n"
                   "X-Content-Type-Options: nosniff\r\n");
}

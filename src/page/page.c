/*
 * make joins the parts of the page in one file. The assembler includes it in a read-only section of its
 * own, so only requests for the page touch its memory.
 *
 * The hashes cover the text between <script> and </script>, and between <style> and </style>. tests/page.bats computes
 * them and shows the right ones.
 */
#include "page/page.h"

#define SCRIPT "sha256-BN1i5OEN88U4/0ayIGGgTLWVDukqW7DtfDk0W8nXixg="
#define STYLE "sha256-dZ1EFJaDquLcvG1R0FxQ7NqognxsUajpNSg/OK0bfOw="

/* The assembler searches the current folder and the include path. A quad is a uint64_t on every machine. */
__asm__(".pushsection .rodata.page, \"a\", %progbits\n"
        ".balign 8\n"
        ".globl page_length\n"
        "page_length: .quad page_end - page_bytes\n"
        ".globl page_bytes\n"
        "page_bytes: .incbin \"build/page.html\"\n"
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

/* Invalid UTF-8, as the Encoding standard decodes it. */
#include "cases/groups.h"

const char cases_of_not_utf_8[] = {
    "not-utf-8-continuation\tA continuation byte alone becomes one U+FFFD.\t"
    "raw=data:a%80b%0A%0A\n"

    "not-utf-8-continuations\tThree continuation bytes alone become three U+FFFD.\t"
    "raw=data:a%80%BF%80b%0A%0A\n"

    "not-utf-8-ff\tFE and FF become one U+FFFD each.\t"
    "raw=data:a%FE%FFb%0A%0A\n"

    "not-utf-8-latin-1\tThe client does not guess ISO 8859-1. The data is 'gr' U+FFFD 'n'.\t"
    "raw=data:gr%FCn%0A%0A\n"

    "not-utf-8-overlong-two\tAn overlong '/' of two bytes becomes two U+FFFD.\t"
    "raw=data:a%C0%AFb%0A%0A\n"

    "not-utf-8-overlong-three\tAn overlong '/' of three bytes becomes three U+FFFD.\t"
    "raw=data:a%E0%80%AFb%0A%0A\n"

    "not-utf-8-overlong-four\tAn overlong '/' of four bytes becomes four U+FFFD.\t"
    "raw=data:a%F0%80%80%AFb%0A%0A\n"

    "not-utf-8-surrogate\tA surrogate, ED A0 80, becomes three U+FFFD.\t"
    "raw=data:a%ED%A0%80b%0A%0A\n"

    "not-utf-8-surrogates\tA pair of surrogates becomes six U+FFFD, not a character.\t"
    "raw=data:a%ED%A0%BD%ED%B8%80b%0A%0A\n"

    "not-utf-8-too-high\tF4 90 80 80 and F5 80 80 80 are above U+10FFFF. They become four U+FFFD each.\t"
    "raw=data:a%F4%90%80%80b%F5%80%80%80c%0A%0A\n"

    "not-utf-8-cut-after-two\tTwo of three bytes of a character become one U+FFFD. The 'b' after them stays.\t"
    "raw=data:a%E2%82b%0A%0A\n"

    "not-utf-8-cut-after-three\tThree of four bytes of a character become one U+FFFD. The 'b' after them stays.\t"
    "raw=data:a%F0%9F%98b%0A%0A\n"

    "not-utf-8-cut-by-lead\tA lead byte before another lead byte becomes one U+FFFD. The next character is U+00E4.\t"
    "raw=data:a%C3%C3%A4b%0A%0A\n"

    "not-utf-8-cut-by-line-end\t"
    "A line end inside a character still ends the line. Each cut character becomes one U+FFFD.\t"
    "raw=data:a%E2%82%0Adata:b%C3%0A%0A\n"

    "not-utf-8-hidden-line-end\tC0 8A does not end a line. It becomes two U+FFFD in the data.\t"
    "raw=data:a%C0%8Adata:b%0A%0A\n"

    "not-utf-8-bytes\tEach byte is one write. Each of the three invalid sequences still becomes one U+FFFD.\t"
    "raw=data:a%F0%9F%98b%E2%82c%80d%0A%0A&split=1&gap=2ms\n"

    "not-utf-8-type-and-id\tInvalid bytes in a type or an ID become U+FFFD, too.\t"
    "raw=event:a%FF%0Aid:b%FF%0Adata:x%0A%0A\n",
};

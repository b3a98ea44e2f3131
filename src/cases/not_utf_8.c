/* What is not UTF-8, as the Encoding standard decodes it. */
#include "cases/groups.h"

const char cases_of_not_utf_8[] = {
    "not-utf-8-continuation\t"
    "A continuation byte alone is one U+FFFD.\t"
    "raw=data:a%80b%0A%0A\n"

    "not-utf-8-continuations\t"
    "Three continuation bytes alone are three U+FFFD.\t"
    "raw=data:a%80%BF%80b%0A%0A\n"

    "not-utf-8-ff\t"
    "FE and FF are one U+FFFD each.\t"
    "raw=data:a%FE%FFb%0A%0A\n"

    "not-utf-8-latin-1\t"
    "ISO 8859-1 is not guessed: 'gr', U+FFFD, 'n'.\t"
    "raw=data:gr%FCn%0A%0A\n"

    "not-utf-8-overlong-two\t"
    "An overlong '/' of two bytes is two U+FFFD.\t"
    "raw=data:a%C0%AFb%0A%0A\n"

    "not-utf-8-overlong-three\t"
    "An overlong '/' of three bytes is three U+FFFD.\t"
    "raw=data:a%E0%80%AFb%0A%0A\n"

    "not-utf-8-overlong-four\t"
    "An overlong '/' of four bytes is four U+FFFD.\t"
    "raw=data:a%F0%80%80%AFb%0A%0A\n"

    "not-utf-8-surrogate\t"
    "A surrogate, ED A0 80, is three U+FFFD.\t"
    "raw=data:a%ED%A0%80b%0A%0A\n"

    "not-utf-8-surrogates\t"
    "A pair of surrogates is six U+FFFD, and no character.\t"
    "raw=data:a%ED%A0%BD%ED%B8%80b%0A%0A\n"

    "not-utf-8-too-high\t"
    "Above U+10FFFF, F4 90 80 80 and F5 80 80 80, it is four U+FFFD each.\t"
    "raw=data:a%F4%90%80%80b%F5%80%80%80c%0A%0A\n"

    "not-utf-8-cut-after-two\t"
    "Two bytes of three are one U+FFFD, and 'b' stays.\t"
    "raw=data:a%E2%82b%0A%0A\n"

    "not-utf-8-cut-after-three\t"
    "Three bytes of four are one U+FFFD, and 'b' stays.\t"
    "raw=data:a%F0%9F%98b%0A%0A\n"

    "not-utf-8-cut-by-lead\t"
    "A lead byte that another follows is one U+FFFD; then U+00E4.\t"
    "raw=data:a%C3%C3%A4b%0A%0A\n"

    "not-utf-8-cut-by-line-end\t"
    "A character that a line end cuts is one U+FFFD, and the line ends: two lines.\t"
    "raw=data:a%E2%82%0Adata:b%C3%0A%0A\n"

    "not-utf-8-hidden-line-end\t"
    "C0 8A is no line end, however it is decoded: two U+FFFD in the data.\t"
    "raw=data:a%C0%8Adata:b%0A%0A\n"

    "not-utf-8-bytes\t"
    "A byte a write, three times one U+FFFD: a character that is cut short is one, however it comes.\t"
    "raw=data:a%F0%9F%98b%E2%82c%80d%0A%0A&split=1&gap=2ms\n"

    "not-utf-8-type-and-id\t"
    "In type and ID it is U+FFFD, too.\t"
    "raw=event:a%FF%0Aid:b%FF%0Adata:x%0A%0A\n",
};

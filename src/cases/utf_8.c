/* Characters of more than one byte. */
#include "cases/groups.h"

const char cases_of_utf_8[] = {
    "utf-8-two-bytes\tThe data is U+00E4.\t"
    "raw=data:%C3%A4%0A%0A\n"
    "utf-8-three-bytes\tThe data is U+20AC.\t"
    "raw=data:%E2%82%AC%0A%0A\n"
    "utf-8-four-bytes\tThe data is U+1F600.\t"
    "raw=data:%F0%9F%98%80%0A%0A\n"
    "utf-8-first-and-last\tThe first and last character of each length: U+0080 U+07FF U+0800 U+FFFF U+10000 U+10FFFF.\t"
    "raw=data:%C2%80%DF%BF%E0%A0%80%EF%BF%BF%F0%90%80%80%F4%8F%BF%BF%0A%0A\n"
    "utf-8-around-surrogates\tThe characters before and after the surrogates are valid. The data is U+D7FF U+E000.\t"
    "raw=data:%ED%9F%BF%EE%80%80%0A%0A\n"
    "utf-8-noncharacters\tThe client keeps noncharacters. The data is U+FFFE U+FDD0.\t"
    "raw=data:%EF%BF%BE%EF%B7%90%0A%0A\n"
    "utf-8-combining\tThe client does not compose characters. The data is 'e' U+0301.\t"
    "raw=data:e%CC%81%0A%0A\n"
    "utf-8-bytes\tEach byte is one write. The data is U+00E4 U+20AC U+1F600.\t"
    "raw=data:%C3%A4%E2%82%AC%F0%9F%98%80%0A%0A&split=1&gap=2ms\n"
    "utf-8-parted\tThe character comes in two halves, 50 ms apart. The data is U+1F600.\t"
    "raw=data:%F0%9F&raw=%98%80%0A%0A&interval=50ms\n"
    "utf-8-replacement\tThe server may send U+FFFD itself. The data is U+FFFD.\t"
    "raw=data:%EF%BF%BD%0A%0A\n",
};

/* ICU's data, in place of the archive that has all of it. */
#include <unicode/utypes.h>

#define TEXT(name) #name
#define TEXT_OF(name) TEXT(name)
#define ENTRY TEXT_OF(U_ICUDATA_ENTRY_POINT)

__asm__(".section .rodata\n"
        ".balign 16\n"
        ".globl " ENTRY "\n"
        ".type " ENTRY ", %object\n" ENTRY ":\n"
        ".incbin \"" COVENANT_ICU_DATA "\"\n"
        ".size " ENTRY ", . - " ENTRY "\n");

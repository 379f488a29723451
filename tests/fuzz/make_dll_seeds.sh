#!/usr/bin/env bash
# Builds the seeds corpus/image/pe_* again: the smallest libraries for Windows that reach each part of their reader.
# Needs the package g++-mingw-w64-x86-64.
set -euo pipefail
cd "$(dirname "$0")"
seeds=corpus/image
bad=../bad_plugins
dll() {  # name, source, options for the linker and compiler
  local name=$1 source=$2
  shift 2
  x86_64-w64-mingw32-gcc -std=c11 -shared -Os -s -nostdlib -I../../sdk/include -I$bad -Wl,--entry=0 \
    -Wl,--no-insert-timestamp -Wl,--file-alignment=16 -Wl,--image-base=0x180000000 "$@" -x c "$source" -x none \
    -o "$seeds/pe_$name.dll" -lmsvcrt
  mv "$seeds/pe_$name.dll" "$seeds/pe_$name"
}
find $seeds -type f -name 'pe_*' -delete
for folder in good null_process misspelt_process renamed_row swapped_rows missing_methods_table missing_manifest; do
  dll $folder $bad/$folder/plugin.c
done
dll not_a_plugin - <<<'__declspec(dllexport) int f(void) { return 1; }'
definitions=$(mktemp --suffix=.def)
trap 'rm -f "$definitions"' EXIT
printf 'EXPORTS\npenstock_type_away = OTHER.away\n' >"$definitions"
dll forwarded - "$definitions" <<<'int f(void) { return 1; }'
printf 'EXPORTS\nf @1 NONAME\n' >"$definitions"
dll numbers_only - "$definitions" <<<'int f(void) { return 1; }'
# A text that does not end, pointers that are none, a table without its end.
dll bad_tables - <<'END'
#include "good_stage.h"
MANIFEST(text) = {'a', 'b', 'c'};
PENSTOCK_EXPORT_SYMBOL const void* const penstock_methods_numbers[] = {(void*)8, (void*)8, 0, 0};
PENSTOCK_EXPORT_SYMBOL const void* const penstock_methods_text[] = {&penstock_type_text, &process, &penstock_type_text};
END

# Headers that say something else. The signature is at 128; behind it the machine, the number of sections, the size of the
# optional header and the flags; then the optional header with its directories.
patch() {  # name, offset, bytes
  cp $seeds/pe_good "$seeds/pe_$1"
  printf "$3" | dd of="$seeds/pe_$1" bs=1 seek="$2" conv=notrunc status=none
}
patch dos_program 128 'NE'
patch far_signature 60 '\377\377\377\177'
patch x86 132 '\114\001'
patch arm 132 '\304\001'
patch itanium 132 '\000\002'
patch riscv 132 '\144\120'
patch aarch64 132 '\144\252'
patch machine_7 132 '\007\000'
patch no_sections 134 '\000\000'
patch too_many_sections 134 '\377\377'
patch short_optional_header 148 '\144\000'
patch program 150 '\002\000'
patch object 150 '\000\040'
patch fixed 150 '\003\040'
patch kind_32 152 '\013\001'
patch many_directories 260 '\377\377\377\377'
patch exports_nowhere 264 '\377\377\377\177'
patch exports_endless 268 '\377\377\377\177'
patch imports_nowhere 272 '\377\377\377\177'
patch relocations_nowhere 304 '\377\377\377\177'

# Words of the exports, the imports and the relocations.
spoil() {  # name, section, offset, value
  cp $seeds/pe_good "$seeds/pe_$1"
  python3 - "$seeds/pe_$1" "$2" "$3" "$4" <<'END'
import struct, sys
path, section, offset, value = sys.argv[1], sys.argv[2].encode(), int(sys.argv[3]), int(sys.argv[4], 0)
data = bytearray(open(path, 'rb').read())
at = 152 + struct.unpack_from('<H', data, 148)[0]
for i in range(struct.unpack_from('<H', data, 134)[0]):
    header = at + 40 * i
    if data[header:header + 8].rstrip(b'\0') == section:
        struct.pack_into('<I', data, struct.unpack_from('<I', data, header + 20)[0] + offset, value)
open(path, 'wb').write(data)
END
}
spoil many_functions .edata 20 0xffffffff
spoil few_functions .edata 20 0
spoil many_names .edata 24 0xffffffff
spoil names_elsewhere .edata 32 0x90000
spoil function_elsewhere .edata 40 0x90000
spoil name_elsewhere .edata 56 0x1000
spoil library_without_name .idata 12 0x90000
spoil block_of_nothing .reloc 4 0
spoil block_too_large .reloc 4 0x1000
head -c 150 $seeds/pe_good >$seeds/pe_cut_in_header
head -c 200 $seeds/pe_good >$seeds/pe_cut_in_optional_header
head -c 300 $seeds/pe_good >$seeds/pe_cut_in_directories
head -c 500 $seeds/pe_good >$seeds/pe_cut_in_sections
head -c 1500 $seeds/pe_good >$seeds/pe_cut
printf 'MZ' >$seeds/pe_cut_at_once
chmod 644 $seeds/*
du -cb $seeds/pe_* | tail -n 1

#!/usr/bin/env bash
# Builds the seeds in corpus/image/ again: the smallest libraries that reach each part of the image and manifest reader.
set -euo pipefail
cd "$(dirname "$0")"
seeds=corpus/image
bad=../bad_plugins
library() {  # name, options for the linker and compiler after the source
  local name=$1 source=$2
  shift 2
  gcc -std=c11 -shared -fPIC -Os -nostdlib -s -fvisibility=hidden -I../../sdk/include -I$bad -Wl,--build-id=none -Wl,-z,noseparate-code \
    -Wl,-z,norelro "$@" -x c "$source" -o "$seeds/$name"
  strip --strip-section-headers "$seeds/$name" 2>/dev/null || true
}
# What a fuzzer found cannot be built again; those for Windows have a script of their own.
find $seeds -type f ! -name 'found_*' ! -name 'pe_*' -delete
library gnu_hash $bad/good/plugin.c -Wl,--hash-style=gnu
library sysv_hash $bad/good/plugin.c -Wl,--hash-style=sysv
for folder in null_process misspelt_process renamed_row swapped_rows other_signature misspelt_flush missing_configure \
  missing_methods_table missing_manifest unterminated_table newer_interface control_byte_in_doc keyed_without_column; do
  library $folder $bad/$folder/plugin.c
done
library relr $bad/null_process_relr/plugin.c -Wl,-z,pack-relative-relocs
library visible $bad/null_process/plugin.c -fvisibility=default
library not_a_plugin - <<<'int f(void) { return 1; }'
# What a C++ class without definitions leaves behind.
library undefined_members - <<'END'
#include "good_stage.h"
extern penstock_status member(void*, penstock_batch*) __asm__("_ZN5plant12_GLOBAL__N_15Clamp7processEv");
extern penstock_status table(void*, penstock_batch*) __asm__("_ZTVN5plant12_GLOBAL__N_15ClampE");
extern void constructor(void*) __asm__("_ZN5plant12_GLOBAL__N_15ClampC1Ev");
extern penstock_status other(void*, penstock_batch*) __asm__("_ZN5other5ClampD2Ev");
MANIFEST(clamp) = "penstock:1\tname:clamp\tinterface:Stage 1.0\tsdk:1.0\tclass:plant::{anonymous}::Clamp\n" PROCESS_LINE;
METHODS(clamp) = {{"process", {.process = member}}, {"process", {.process = table}}, {"process", {.process = other}}, {"destroy", {.destroy = constructor}}, END_OF_ROWS};
MANIFEST(window) = "penstock:1\tname:window\tinterface:Stage 1.0\tsdk:1.0\tclass:plant::Window<int>\n" PROCESS_LINE;
extern penstock_status of_template(void*, penstock_batch*) __asm__("_ZN5plant6WindowIiE7processEv");
METHODS(window) = {{"process", {.process = of_template}}, END_OF_ROWS};
MANIFEST(text) = {'a', 'b', 0, 'c'};
const char no_methods[] = "no address of a name";
PENSTOCK_EXPORT_SYMBOL const void* const penstock_methods_text[] = {&other, &other, 0, 0};
END
gnu=$seeds/gnu_hash
# Headers that say something else: class, order, machine, type, count of program headers, and a relocation table as DT_REL.
patch() {  # name, offset, bytes
  cp $gnu "$seeds/$1"
  printf "$3" | dd of="$seeds/$1" bs=1 seek="$2" conv=notrunc status=none
}
patch class_32 4 '\001'
patch class_9 4 '\011'
patch big_endian 5 '\002'
patch other_machine 18 '\267'
patch object_file 16 '\001'
patch program 16 '\002'
patch no_segments 56 '\000\000'
patch too_many_segments 56 '\377\377'
patch more_segments_than_bytes 56 '\377\000'
head -c 20 $gnu >$seeds/cut_in_header
head -c 500 $gnu >$seeds/cut_in_dynamic
: >$seeds/empty
# DT_RELA and DT_RELASZ become DT_REL and DT_RELSZ; DT_GNU_HASH becomes a tag that nobody knows.
retag() {  # name, old tag, new tag, ...: tags of one byte at 8-byte boundaries followed by their value
  local name=$1
  shift
  cp $gnu "$seeds/$name"
  python3 - "$seeds/$name" "$@" <<'END'
import struct, sys
path, tags = sys.argv[1], [int(tag, 0) for tag in sys.argv[2:]]
data = bytearray(open(path, 'rb').read())
offset, count = struct.unpack_from('<Q', data, 32)[0], struct.unpack_from('<H', data, 56)[0]
for i in range(count):
    kind, _, where, _, _, size = struct.unpack_from('<IIQQQQ', data, offset + 56 * i)
    if kind != 2: continue
    for at in range(where, where + size, 16):
        tag = struct.unpack_from('<Q', data, at)[0]
        if tag in tags[::2]: struct.pack_into('<Q', data, at, tags[tags.index(tag) + 1])
open(path, 'wb').write(data)
END
}
retag rel 7 17 8 18
retag no_hash 0x6ffffef5 0x6fff0000
retag endless_dynamic 0 0x70000000
# Texts, for the second reader.
head='penstock:1\tname:fuzzed\tinterface:Stage 1.0\tsdk:1.0\trows:fewer\tstate:keyed\tkey:sensor_id\tdeterministic:yes'
printf "$head\nmethod:process\tsignature:(batch) -> status\nparam:window\ttype:u64\tdefault:20\tmin:1\tmax:1000000\treload:yes\tdoc:readings\nparam:mode\ttype:choice\tdefault:a\tchoices:a|b\nparam:path\ttype:path\trequired:yes\texample:x\nparam:tags\ttype:text\tlist:yes\nparam:on\ttype:bool\tdefault:true\nparam:d\ttype:duration\tdefault:-5\nmetric:late\ttype:u64\tdefault:0\trising:yes\nmetric:worst\ttype:f64\tdefault:0.5\tmin:0\nmetric:up\ttype:bool\tdefault:false\ncolumn:sensor_id\taccess:read\ttype:key\ncolumn:value\taccess:write\ttype:f64\tnull:yes\ncolumn:raw\taccess:add\ttype:w:16\n" >$seeds/text_good
printf "$head\nparam:type\ttype:f46\nparam:Min\ttype:f64\tdefault:nan\nparam:x\ttype:f64\tdefault:0\tmin:5\tmax:9\nparam:y\ttype:i64\tdefault:0\tmin:5\tmax:2\nparam:y\ttype:i64\nparam:c\ttype:choice\tdefault:z\tchoices:a|a||b\nparam:n\ttype:choice\tdefault:z\nparam:t\ttype:text\tdefault:a\tmin:1\nparam:l\ttype:i64\tlist:yes\nmetric:m\tdefault:0\ncolumn:c\taccess:raed\ttype:double\ncolumn:d\nmethod:process\npenstock:1\nno colon\n\033[2J\n\xb0\nparam:o\ttype:bool\tdefault:perhaps" >$seeds/text_faults
printf 'penstock:1\tname:other\tinterface:Stge 1.x\tsdk:1\trows:some\tstate:odd\tordered:t\n' >$seeds/text_bad_head
printf 'penstock:1\tname:fuzzed\tinterface:Source 1.0\tsdk:1.0\tordered:t\ncolumn:*\n' >$seeds/text_source
printf 'penstock:2\n' >$seeds/text_later
chmod 644 $seeds/*
du -cb $seeds/* | tail -n 1

#!/bin/sh
# Only the first part of a library arrived: of one that is kept, so that its size does not depend on the compiler.
# $2: what to make.
head -c 2000 "$(dirname "$0")/../../fuzz/corpus/image/gnu_hash" > "$2"

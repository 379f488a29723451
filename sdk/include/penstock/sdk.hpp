// Penstock's SDK: the one include of a C++ plugin. README.md beside it shows the first plugin.
#pragma once
#include <penstock/abi.h>
#ifndef __cplusplus
#error "<penstock/sdk.hpp> is for C++: in C, include <penstock/abi.h>"
#else
#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "Penstock's SDK needs C++20: compile with -std=c++20, or target_compile_features(... cxx_std_20)"
#endif
#include <penstock/any_batch.hpp>
#include <penstock/attributes.hpp>
#include <penstock/audited.hpp>
#include <penstock/batch.hpp>
#include <penstock/bind.hpp>
#include <penstock/column.hpp>
#include <penstock/conforms.hpp>
#include <penstock/error.hpp>
#include <penstock/export.hpp>
#include <penstock/generator.hpp>
#include <penstock/host.hpp>
#include <penstock/key.hpp>
#include <penstock/output.hpp>
#include <penstock/param.hpp>
#include <penstock/record.hpp>
#include <penstock/sink.hpp>
#include <penstock/source.hpp>
#include <penstock/stage.hpp>
#include <penstock/value.hpp>
#endif

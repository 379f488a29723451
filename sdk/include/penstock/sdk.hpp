// Penstock's SDK: the one include of a C++ plugin. README.md beside it shows the first plugin.
#pragma once
#include <penstock/abi.h>
#include <penstock/any_batch.hpp>
#include <penstock/attributes.hpp>
#include <penstock/audited.hpp>
#include <penstock/batch.hpp>
#include <penstock/column.hpp>
#include <penstock/error.hpp>
#include <penstock/export.hpp>
#include <penstock/generator.hpp>
#include <penstock/host.hpp>
#include <penstock/key.hpp>
#include <penstock/output.hpp>
#include <penstock/param.hpp>
#include <penstock/record.hpp>
#include <penstock/value.hpp>

/// \file
/// Marks what leaves a shared library; everything else is hidden.
#pragma once

#define PAVIOR_EXPORT __attribute__((visibility("default")))

/// \file
/// The bytes of a model file; docs/classification.md has the format.
#pragma once

#include <string>
#include <string_view>

#include "pavior/city/v1/text_model.pb.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

struct ModelFile {
  v1::TextModelData data;
  std::string version;  ///< Hex SHA-256 of the data's bytes.
};

[[nodiscard]] std::string write_model(const v1::TextModelData& data);

/// Errors: invalid, also if the data contradicts itself.
[[nodiscard]] Result<ModelFile> read_model(std::string_view file);

}  // namespace pavior::city::inline v0

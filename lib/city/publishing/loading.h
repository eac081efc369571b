/// \file
/// Bringing a book up to what a store has published. A kind as in publishing_lifecycle.h, which besides has `Item`, what
/// is made of its data, and `Book`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "city/publishing/version_list.h"
#include "fmt/format.h"
#include "pavior/engine.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0::publishing {

/// The stream of `id`, or of the only one there is; nothing if there is none.
template <class Kind>
[[nodiscard]] Result<std::optional<StreamId>> find_stream(const Engine& engine, std::string_view id) {
  if (engine.workflow(Kind::workflow) == nullptr)
    return Error(ErrorCode::invalid, fmt::format("the engine has no {} workflow; add make_{}_workflow to its options",
                                                 Kind::workflow, Kind::workflow));
  if (!id.empty()) return std::optional(StreamId(std::string(Kind::workflow), std::string(id)));
  std::vector<StreamId> found;
  auto visited = engine.streams(Kind::workflow, [&](const StreamId& stream, Version, Stage) {
    found.push_back(stream);
    return found.size() < 2;
  });
  if (!visited) return std::move(visited).error();
  if (found.size() > 1)
    return Error(ErrorCode::conflict, fmt::format("the store has several {}s, e.g. {} and {}; say which one",
                                                  Kind::noun, found[0].key(), found[1].key()));
  return found.empty() ? std::nullopt : std::optional(std::move(found[0]));
}

/// Calendars stay, whatever becomes of the version that brought them: somebody may have counted by them.
template <class Kind>
[[nodiscard]] Result<void> take_out(typename Kind::Book& book, const typename Kind::Data& data) {
  for (const auto& own : data.calendars()) {
    auto calendar = Calendar::make(own);
    if (!calendar) return std::move(calendar).error();
    if (auto added = book.add(*std::move(calendar)); !added) return added;
  }
  const bool there = book.versions()->find(data.id(), data.version()) != nullptr;
  return there ? book.withdraw(data.id(), data.version()) : Result<void>();
}

/// `version` is an element of `Kind::All`.
template <class Kind>
[[nodiscard]] Result<void> bring_up(typename Kind::Book& book, const auto& version) {
  const auto& data = Kind::data(version);
  if (version.withdrawn()) return take_out<Kind>(book, data);
  const auto from = from_micros(version.effective_from());
  const auto versions = book.versions();
  const auto* there = versions->find(data.id(), data.version());
  if (there != nullptr && same_content(*there, data, from)) return {};
  auto item = Kind::Item::make(data, versions->calendars());
  if (!item)
    return Error(ErrorCode::conflict,
                 fmt::format("version {} of the {} {} is not sound with the calendars it is loaded "
                             "with: {}",
                             data.version(), Kind::noun, data.id(), item.error().message()));
  return book.add(item->taking_effect(from));
}

template <class Kind>
[[nodiscard]] Result<void> refresh(typename Kind::Book& book, const Engine& engine, std::string_view id) {
  const auto stream = find_stream<Kind>(engine, id);
  if (!stream) return stream.error();
  if (!*stream) return {};
  const auto snapshot = engine.load(**stream);
  if (!snapshot) return snapshot.error();
  for (const auto& version : state_data<typename Kind::All>(*snapshot->state)->versions())
    if (auto brought = bring_up<Kind>(book, version); !brought) return brought;
  return {};
}

}  // namespace pavior::city::inline v0::publishing

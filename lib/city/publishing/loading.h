/// \file
/// Bringing a book up to what a store has published. A kind is as in publishing_lifecycle.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "city/publishing/own_calendars.h"
#include "city/publishing/version_list.h"
#include "fmt/format.h"
#include "pavior/city/version_book.h"
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
  if constexpr (BringsCalendars<typename Kind::Item>) {
    auto calendars = made_calendars(data.calendars());
    if (!calendars) return std::move(calendars).error();
    for (auto& calendar : *calendars)
      if (auto added = book.add(std::move(calendar)); !added) return added;
  }
  const bool there = book.versions()->find(data.id(), data.version()) != nullptr;
  return there ? book.withdraw(data.id(), data.version()) : Result<void>();
}

template <class Kind>
[[nodiscard]] Result<typename Kind::Item> make_item(const typename Kind::Data& data,
                                                    const KnownVersions<typename Kind::Item>& versions) {
  if constexpr (BringsCalendars<typename Kind::Item>)
    return Kind::Item::make(data, versions.calendars());
  else
    return Kind::Item::make(data);
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
  auto item = make_item<Kind>(data, *versions);
  if (!item)
    return Error(ErrorCode::conflict,
                 fmt::format("version {} of the {} {} is not sound{}: {}", data.version(), Kind::noun, data.id(),
                             BringsCalendars<typename Kind::Item> ? " with the calendars it is loaded with" : "",
                             item.error().message()));
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

template <class Kind>
[[nodiscard]] Result<typename Kind::Book> load(const Engine& engine, Calendars host, std::string_view id) {
  typename Kind::Book book(std::move(host));
  if (auto loaded = refresh<Kind>(book, engine, id); !loaded) return std::move(loaded).error();
  return book;
}

}  // namespace pavior::city::inline v0::publishing

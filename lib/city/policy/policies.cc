#include "pavior/city/policies.h"

#include <optional>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "pavior/city/v1/policy.pb.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

/// The stream of `catalogue`, or of the only one there is; nothing if there is none.
Result<std::optional<StreamId>> find_stream(const Engine& engine, std::string_view catalogue) {
  if (engine.workflow(policy_workflow) == nullptr)
    return Error(ErrorCode::invalid, "the engine has no policy workflow; add make_policy_workflow to its options");
  if (!catalogue.empty()) return std::optional(policy_id(std::string(catalogue)));
  std::vector<StreamId> found;
  auto visited = engine.streams(policy_workflow, [&](const StreamId& stream, Version, Stage) {
    found.push_back(stream);
    return found.size() < 2;
  });
  if (!visited) return std::move(visited).error();
  if (found.size() > 1)
    return Error(ErrorCode::conflict, fmt::format("the store has several catalogues, e.g. {} and {}; say which one",
                                                  found[0].key(), found[1].key()));
  return found.empty() ? std::nullopt : std::optional(std::move(found[0]));
}

/// Calendars stay, whatever becomes of the version that brought them: somebody may have counted by them.
Result<void> take_out(PolicyBook& book, const v1::Catalogue& catalogue) {
  for (const auto& data : catalogue.calendars()) {
    auto calendar = Calendar::make(data);
    if (!calendar) return std::move(calendar).error();
    if (auto added = book.add(*std::move(calendar)); !added) return added;
  }
  const bool there = book.versions()->find(catalogue.id(), catalogue.version()) != nullptr;
  return there ? book.withdraw(catalogue.id(), catalogue.version()) : Result<void>();
}

Result<void> bring_up(PolicyBook& book, const v1::PublishedCatalogue& version) {
  const auto& catalogue = version.catalogue();
  if (version.withdrawn()) return take_out(book, catalogue);
  const auto versions = book.versions();
  const auto* there = versions->find(catalogue.id(), catalogue.version());
  if (there != nullptr && there->effective_from() == from_micros(version.effective_from()) &&
      there->data().SerializeAsString() == catalogue.SerializeAsString())
    return {};
  auto policy = Policy::make(catalogue, versions->calendars());
  if (!policy)
    return Error(ErrorCode::conflict, fmt::format("version {} of the catalogue {} is not sound with the calendars it "
                                                  "is loaded with: {}",
                                                  catalogue.version(), catalogue.id(), policy.error().message()));
  return book.add(policy->taking_effect(from_micros(version.effective_from())));
}

}  // namespace

Result<PolicyBook> load_policies(const Engine& engine, Calendars host, std::string_view catalogue) {
  PolicyBook book(std::move(host));
  if (auto loaded = refresh_policies(book, engine, catalogue); !loaded) return std::move(loaded).error();
  return book;
}

Result<void> refresh_policies(PolicyBook& book, const Engine& engine, std::string_view catalogue) {
  const auto stream = find_stream(engine, catalogue);
  if (!stream) return stream.error();
  if (!*stream) return {};
  const auto snapshot = engine.load(**stream);
  if (!snapshot) return snapshot.error();
  for (const auto& version : published_catalogues(*snapshot->state)->versions())
    if (auto brought = bring_up(book, version); !brought) return brought;
  return {};
}

}  // namespace pavior::city::inline v0

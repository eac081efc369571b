#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "app.h"
#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "pavior/city/catalogue_difference.h"
#include "policy/policy_migrate.h"
#include "policy/policy_store.h"
#include "policy/policy_text.h"
#include "text/calendar_source.h"
#include "text/json.h"
#include "text/policy_source.h"

namespace pavior::cli {
namespace {

using city::v1::Catalogue;

struct PolicyWish {
  std::vector<std::string> files;
  std::vector<std::string> calendars;
  std::string category;
};

/// Those of the command line and the shipped ones.
Result<city::Calendars> calendars_of(const PolicyWish& wish) {
  city::Calendars all;
  for (const auto& name : wish.calendars) {
    auto calendar = open_calendar(name);
    if (!calendar) return std::move(calendar).error();
    if (auto added = all.add(std::move(calendar->calendar)); !added) return std::move(added).error();
  }
  return with_shipped_calendars(std::move(all));
}

/// Opens the files named and hands them on, in order, or says what is wrong with the first that is not sound.
Exit with_catalogues(const PolicyWish& wish, const std::function<Exit(const std::vector<city::Policy>&)>& use) {
  const auto calendars = calendars_of(wish);
  if (!calendars) return fail(Exit::bad_input, printable(calendars.error().message()));
  std::vector<city::Policy> policies;
  for (const auto& file : wish.files) {
    auto catalogue = open_catalogue(file, &*calendars);
    if (!catalogue) return fail_file(catalogue.error());
    policies.push_back(city::Policy::make(*std::move(catalogue), *calendars).value());
  }
  return use(policies);
}

Exit validate(const App& app, const PolicyWish& wish) {
  const auto calendars = calendars_of(wish);
  if (!calendars) return fail(Exit::bad_input, printable(calendars.error().message()));
  auto worst = Exit::ok;
  for (const auto& file : wish.files) {
    const auto catalogue = open_catalogue(file, &*calendars);
    if (!catalogue) worst = fail_file(catalogue.error());
    if (app.json) {
      JsonObject json;
      json.add("file", file).add("sound", catalogue.has_value());
      if (catalogue) {
        json.add("id", catalogue->id())
            .add("version", std::uint64_t{catalogue->version()})
            .add("effective_from", catalogue->effective_from())
            .add("counts", counts_json(*catalogue));
      } else {
        json.add("mistake", catalogue.error().message());
      }
      fmt::print("{}\n", json.text());
    } else if (catalogue) {
      fmt::print("{}: {} version {} is sound: {}; {}\n", file, catalogue->id(), catalogue->version(),
                 counts_text(*catalogue), effect_text(*catalogue));
    }
  }
  return worst;
}

void print_json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  if (const auto status = google::protobuf::util::MessageToJsonString(message, &json, options); status.ok())
    fmt::print("{}\n", json);
}

Exit show(const App& app, const PolicyWish& wish, const city::Policy& policy) {
  if (wish.category.empty()) {
    app.json ? print_json(policy.data()) : fmt::print("{}", catalogue_text(policy.data()));
    return Exit::ok;
  }
  const auto* category = policy.category(wish.category);
  if (category == nullptr)
    return fail(Exit::no, fmt::format("{} version {} has no minor category {}", policy.data().id(),
                                      policy.data().version(), printable(wish.category)));
  app.json ? print_json(*category) : fmt::print("{}", category_text(policy, wish.category));
  return Exit::ok;
}

std::string json_list(const std::vector<std::string>& values) { return fmt::format("[{}]", fmt::join(values, ",")); }

Exit difference(const App& app, const Catalogue& from, const Catalogue& to) {
  const auto changes = city::catalogue_difference(from, to);
  const auto unmapped = city::unmapped_codes(from, to);
  if (!app.json) {
    for (const auto& change : changes) fmt::print("{}\n", printable(city::change_text(change)));
    fmt::print("{} changes from {} version {} to {} version {}\n", changes.size(), from.id(), from.version(), to.id(),
               to.version());
    if (!unmapped.empty())
      fmt::print("not mapped, so it cannot be published after it: {}\n", fmt::join(unmapped, ", "));
    return Exit::ok;
  }
  std::vector<std::string> list, codes;
  for (const auto& change : changes) {
    JsonObject json;
    json.add("path", change.path);
    if (change.was) json.add("was", *change.was);
    if (change.is) json.add("is", *change.is);
    if (!change.note.empty()) json.add("note", change.note);
    list.push_back(json.text());
  }
  for (const auto& code : unmapped) codes.push_back(json_string(code));
  JsonObject json;
  json.add("changed", std::uint64_t{changes.size()})
      .add_json("changes", json_list(list))
      .add_json("unmapped", json_list(codes));
  fmt::print("{}\n", json.text());
  return Exit::ok;
}

constexpr auto validate_footer = R"(A catalogue is protobuf text or JSON (docs/catalogue.md):
  $ pavior policy validate town.textproto
  town.textproto: town version 1 is sound: 2 majors, 7 minors, 9 conditions, 1 clocks; in effect from 2024-05-01 Asia/Shanghai
  $ pavior policy validate draft.textproto
  draft.textproto:17:5: majors[0].minors[3].code: "01.02" is in majors[0].minors[1].code already; keep one of the two, or rename it)";
constexpr auto show_footer = R"(One category with its filing conditions, limits and units:
  $ pavior policy show town.textproto --category 01.01
With --json it is the catalogue, or the category, as protobuf JSON.)";
constexpr auto diff_footer =
    R"(A line for each change; + is new, - is gone, and codes that are gone say what takes their place:
  $ pavior policy diff town-1.textproto town-2.textproto
    category 01.01, condition a, limit: 3 work days -> 1 work day
  - category 01.02: "Bicycles in the way"; 01.04 takes its place
    version: 1 -> 2
  3 changes from town version 1 to town version 2)";
constexpr auto publish_footer =
    R"(Once published, a version never changes. It is checked first, and refused (exit code 1) unless it is the next version,
takes effect from now on, and maps or drops every code that is gone:
  $ pavior --store city policy publish town-2.textproto --actor mo --role leader
  town version 2 is published, in effect from 2024-06-01T00:00:00+08:00)";
constexpr auto migrate_footer =
    R"(Shows what the move does to each order, one by one, and does it unless --dry-run is given. Open clocks keep what is left:
  $ pavior --store city policy migrate --dry-run
  A1: from town version 1; category 01.02 -> 01.04, condition a, profile none; clocks that go on: HND, TOT; cancelled: none
  $ pavior --store city policy migrate A1 --reason "the catalogue of June" --actor mo --role shift_lead)";
constexpr auto list_footer = R"(Each version with its standing, which is in force, to come, replaced or withdrawn:
  $ pavior --store city policy list)";

}  // namespace

void add_policy(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("policy", "A city's policy: checks, compares and publishes its catalogue");
  verb->require_subcommand(1);
  const auto wish = std::make_shared<PolicyWish>();
  const auto sub = [&](const char* name, const char* help, const char* footer, bool needs_store,
                       std::function<Exit()> run) {
    auto* added = verb->add_subcommand(name, help);
    added->footer(footer);
    added->final_callback([&app, needs_store, run] {
      app.needs_store = needs_store;
      app.run = run;
    });
    return added;
  };
  const auto calendar = [wish](CLI::App* to) {
    to->add_option("--calendar", wish->calendars,
                   "A calendar file it counts by, besides its own and cn and us; may be given more than once")
        ->allow_extra_args(false);
    return to;
  };
  const auto files = [wish](CLI::App* to, const char* name, int count) {
    to->add_option(name, wish->files, "Of a catalogue")->required()->expected(count);
  };

  files(calendar(sub("validate", "Says whether catalogues are sound, or the first mistake and its mend",
                     validate_footer, false, [&app, wish] { return validate(app, *wish); })),
        "FILE", -1);
  auto* shown = calendar(sub("show", "What a catalogue says", show_footer, false, [&app, wish] {
    return with_catalogues(*wish, [&](const auto& policies) { return show(app, *wish, policies[0]); });
  }));
  files(shown, "FILE", 1);
  shown->add_option("--category", wish->category, "The code of one minor category, e.g. 01.01");
  files(calendar(sub("diff", "What changes from one catalogue to another", diff_footer, false,
                     [&app, wish] {
                       return with_catalogues(*wish, [&](const auto& policies) {
                         return difference(app, policies[0].data(), policies[1].data());
                       });
                     })),
        "FILES", 2);
  const auto wanted = std::make_shared<PublishPolicy>();
  auto* published = sub("publish", "Makes a catalogue the next version of the store's policy", publish_footer, true,
                        [&app, wanted] { return publish_policy(app, *wanted); });
  published->add_option("FILE", wanted->file, "Of a catalogue")->required();
  add_author(*published, wanted->author, "Who publishes");
  const auto move = std::make_shared<MigratePolicy>();
  auto* migrated = sub("migrate", "Moves running orders to another version of the policy, or shows what that does",
                       migrate_footer, true, [&app, move] { return migrate_orders(app, *move); });
  migrated->add_option("ORDER", move->orders, "Their keys; left out: all that run");
  migrated->add_option("--catalogue", move->catalogue, "Its id, if the store has several");
  migrated->add_option("--version", move->version, "Left out: the one in force");
  migrated->add_flag("--dry-run", move->dry_run, "Shows the effects alone");
  migrated->add_option("--reason", move->reason, "Why; asked of every migration");
  add_author(*migrated, move->author, "Who moves them");
  sub("list", "The versions that a store has published", list_footer, true, [&app] { return list_policies(app); });
}

}  // namespace pavior::cli

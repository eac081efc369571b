// What people are told of a new version of a catalogue.
#include <functional>
#include <string>
#include <vector>

#include "city/catalogues.h"
#include "google/protobuf/descriptor.h"
#include "pavior/city/catalogue_difference.h"

namespace pavior::city::tests {
namespace {

using Lines = std::vector<std::string>;

Lines lines(const v1::Catalogue& from, const v1::Catalogue& to) {
  Lines all;
  for (const auto& change : catalogue_difference(from, to)) all.push_back(change_text(change));
  return all;
}

/// What differs between the town's catalogue and itself with something replaced.
Lines replaced(const std::string& from, const std::string& to) { return lines(town(), town(from, to)); }

Lines changed(const std::function<void(v1::Catalogue&)>& change) {
  auto data = town();
  change(data);
  return lines(town(), data);
}

TEST_CASE("a catalogue does not differ from itself") { CHECK(replaced("", "").empty()); }

TEST_CASE("values that differ are told with what they were and are") {
  CHECK(replaced("amount: 3 unit: UNIT_WORK_DAY", "amount: 1 unit: UNIT_CALENDAR_DAY end: END_OF_DAY") ==
        Lines{"  category 01.01, condition a, limit: 3 work days -> 1 calendar day, to the end of day"});
  CHECK(replaced("Deeper than 10 cm", "Deeper than 5 cm") ==
        Lines{"  category 01.01, condition a: \"Deeper than 10 cm\" -> \"Deeper than 5 cm\""});
  CHECK(replaced("grade: GRADE_COMPLEX", "grade: GRADE_MAJOR_HAZARD") ==
        Lines{"  category 01.01, condition a, grade: complex -> major hazard"});
  CHECK(replaced("duty_units: \"works\"", "duty_units: [\"works\", \"parks\"]") ==
        Lines{"  category 01.01, duty units: \"works\" -> \"works\", \"parks\""});
  CHECK(replaced("\"Pothole\"", "\"Hole\"") == Lines{"  category 01.01: \"Pothole\" -> \"Hole\""});
  CHECK(replaced("reopens_max: 1", "reopens_max: 3") == Lines{"  bounds, reopens max: 1 -> 3"});
  CHECK(replaced("amount: 24 unit: UNIT_HOUR", "amount: 12 unit: UNIT_HOUR") ==
        Lines{"  clock HND, limit 1, limit: 24 hours -> 12 hours"});
  CHECK(replaced("09:00-17:00", "09:00-16:00") ==
        Lines{"  calendar works version 1, office hours 1, spans: \"09:00-17:00\" -> \"09:00-16:00\""});
  CHECK(replaced("[\"ConfirmResult\", \"PassReply\"]", "[\"PassReply\"]") ==
        Lines{"  profile plain, automatic: \"ConfirmResult\", \"PassReply\" -> \"PassReply\""});
  CHECK(replaced("required_element: CONTACT", "required_element: MEASURES") ==
        Lines{"  reply rule contact, required element: contact -> measures"});
  CHECK(replaced("text: \"{measures}\"", "text: \"Done: {measures}\"") ==
        Lines{"  template done version 2, text: \"{measures}\" -> \"Done: {measures}\""});
}

TEST_CASE("what is there in one of the two only is told once, not part by part") {
  CHECK(replaced("after_evidence: true", "") == Lines{"- category 01.01, after evidence: yes"});
  CHECK(replaced("conditions { code: \"b\" text: \"Any other\" }", "") ==
        Lines{"- category 01.01, condition b: \"Any other\""});
  CHECK(replaced("reply_rules { id: \"no_blame\" forbidden_phrase: \"not our business\" }", "") ==
        Lines{"- reply rule no_blame"});
  CHECK(changed([](auto& data) {
          auto& channel = *data.add_channels();
          channel.set_name("fax");
          channel.set_text("By fax");
          channel.add_required(v1::TITLE);
        }) == Lines{"+ channel fax: \"By fax\""});
}

TEST_CASE("grants are told by command, role and scope") {
  CHECK(replaced("roles: \"mayor\" scope: GRID", "roles: \"mayor\" scope: UNIT") ==
        Lines{"- grant Accept, mayor of grid", "+ grant Accept, mayor of unit"});
  CHECK(replaced("roles: \"acceptor\" }", "roles: [\"acceptor\", \"clerk\"] }") ==
        Lines{"+ grant Accept, clerk of any order"});
}

TEST_CASE("codes that are gone are told with what takes their place") {
  const auto gone = [](const std::function<void(v1::Catalogue&)>& besides) {
    return changed([&](auto& data) {
      data.mutable_majors(0)->mutable_minors()->RemoveLast();
      data.mutable_templates(0)->mutable_categories()->RemoveLast();
      besides(data);
    });
  };
  const std::string reply = "  template done version 1, categories: \"01\", \"01.02\" -> \"01\"";
  const std::string line = "- category 01.02: \"Bicycles in the way\"; ";
  CHECK(gone([](auto&) {}) == Lines{line + "nothing takes its place", reply});
  CHECK(gone([](auto& data) { data.add_dropped_codes("01.02"); }) == Lines{line + "dropped", reply});
  CHECK(gone([](auto& data) {
          auto& mapping = *data.add_mappings();
          mapping.set_old_code("01.02");
          mapping.set_new_code("01.01");
        }) == Lines{line + "01.01 takes its place", reply});
}

TEST_CASE("a category under another major is the same one, moved") {
  CHECK(changed([](auto& data) {
          auto& parks = *data.add_majors();
          parks.set_code("02");
          parks.set_name("Parks");
          *parks.add_minors() = data.majors(0).minors(1);
          data.mutable_majors(0)->mutable_minors()->RemoveLast();
        }) == Lines{"  category 01.02, major: 01 -> 02", "+ major 02: \"Parks\""});
}

TEST_CASE("another order matters for milestones, limits of clocks and the first profile, and for nothing else") {
  const auto reordered = changed([](auto& data) {
    data.mutable_majors(0)->mutable_minors()->SwapElements(0, 1);
    data.mutable_channels()->SwapElements(0, 1);
    data.mutable_reply_rules()->SwapElements(0, 1);
  });
  CHECK(reordered.empty());
  CHECK(changed([](auto& data) { data.mutable_profiles()->SwapElements(0, 1); }) ==
        Lines{"  first profile: plain -> careful"});
  auto drained = town();
  auto& milestones = *drained.mutable_majors(0)->mutable_minors(0)->mutable_conditions(0)->mutable_milestones();
  *milestones.Add() = milestones[0];
  milestones[1].set_name("drained");
  auto swapped = drained;
  swapped.mutable_majors(0)->mutable_minors(0)->mutable_conditions(0)->mutable_milestones()->SwapElements(0, 1);
  CHECK(lines(drained, swapped) ==
        Lines{"  category 01.01, condition a, milestones in order: fenced, drained -> drained, fenced"});
}

TEST_CASE("codes without a successor are listed, sorted") {
  auto before = town();
  for (const auto* code : {"01.09", "01.03", "01.04", "01.05"}) {
    auto& minor = *before.mutable_majors(0)->add_minors();
    minor.set_code(code);
    minor.set_name("Gone");
  }
  auto after = town();
  after.add_dropped_codes("01.04");
  auto& mapping = *after.add_mappings();
  mapping.set_old_code("01.05");
  mapping.set_new_code("01.01");
  CHECK(unmapped_codes(before, after) == std::vector<std::string>{"01.03", "01.09"});
  CHECK(unmapped_codes(after, before).empty());
}

/// Visits every field that a catalogue can have.
void visit_fields(const google::protobuf::Descriptor& type, int depth,
                  const std::function<void(const google::protobuf::FieldDescriptor&)>& visit) {
  REQUIRE(depth < 20);
  for (int i = 0; i < type.field_count(); ++i) {
    visit(*type.field(i));
    if (type.field(i)->message_type() != nullptr) visit_fields(*type.field(i)->message_type(), depth + 1, visit);
  }
}

TEST_CASE("every field of a catalogue is of a type that the difference can write") {
  using Field = google::protobuf::FieldDescriptor;
  visit_fields(*v1::Catalogue::descriptor(), 0, [](const Field& field) {
    INFO(field.full_name());
    const auto type = field.cpp_type();
    CHECK((type == Field::CPPTYPE_MESSAGE || type == Field::CPPTYPE_STRING || type == Field::CPPTYPE_ENUM ||
           (!field.is_repeated() &&
            (type == Field::CPPTYPE_BOOL || type == Field::CPPTYPE_UINT32 || type == Field::CPPTYPE_INT32 ||
             type == Field::CPPTYPE_INT64 || type == Field::CPPTYPE_UINT64 || type == Field::CPPTYPE_DOUBLE))));
  });
}

}  // namespace
}  // namespace pavior::city::tests

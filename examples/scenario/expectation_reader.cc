// What a story says is to be.
#include <algorithm>
#include <charconv>

#include "fmt/format.h"
#include "pavior/city/v1/work_order.pb.h"
#include "scenario/statement_reader.h"

namespace pavior::scenario {
namespace {

constexpr auto clock_form =
    "write `expect ORDER clock NAME` and `running`, `paused`, `stopped met`, `stopped late` or `cancelled`, then "
    "perhaps "
    "`breached`, `exempt` or `due 2024-03-11 14:00`";
constexpr auto notice_form =
    "write `reporter r-1: what it says`, `staff reminder to wang, chen: what it says` or `staff reminder to nobody`";

/// `HND#2`.
ClockName clock_name(std::string text) {
  const auto mark = text.rfind('#');
  std::uint32_t instance = 0;
  if (mark != std::string::npos && mark + 1 < text.size()) {
    const auto* end = text.data() + text.size();
    if (std::from_chars(text.data() + mark + 1, end, instance).ptr == end) text.resize(mark);
  }
  return {std::move(text), instance};
}

std::string before(std::string_view text, std::size_t end) { return std::string(trimmed(text.substr(0, end))); }

}  // namespace

std::string StatementReader::all_words(Words words) const {
  std::string text(words.rest());
  for (const auto& more : line_->more) text += ' ' + more;
  return text;
}

bool StatementReader::read_expect(Words words) {
  if (!begun()) return false;
  if (words.skip("notices")) return expect_notices(words);
  if (words.skip("allowed")) return expect_allowed(words);
  if (words.skip("verify"))
    return words.rest() == "sound" ? (add(ExpectSound{}), true) : no("write `expect verify sound`");
  if (words.skip("no")) {
    if (words.rest() == "notices") return add(ExpectNotices{}), true;
    if (words.skip("order") && !words.done()) return add(ExpectNoOrder{std::string(words.rest())}), true;
    return no("write `expect no notices`, `expect no order B2`, or the order first: `expect A1 no clock HND`");
  }
  std::string order;
  return order_of(words, order, "expect ORDER stage STAGE") && expect_of_order(order, words);
}

bool StatementReader::expect_of_order(const std::string& order, Words words) {
  if (words.done() ? !line_->more.empty() : words.rest()[0] == '{') return expect_fields(order, words);
  if (words.skip("stage")) return expect_stage(order, words);
  if (words.skip("clock")) return expect_clock(order, words);
  if (words.skip("events")) return expect_events(order, words);
  if (words.skip("no")) {
    if (words.rest() == "events") return add(ExpectEvents{order, {}}), true;
    if (words.skip("clock") && !words.done())
      return add(ExpectNoClock{order, clock_name(std::string(words.rest()))}), true;
  }
  return no(
      fmt::format("say what is expected of {}: `stage`, `clock`, `events`, `no clock`, `no events`, or fields in "
                  "braces",
                  order));
}

bool StatementReader::expect_fields(const std::string& order, Words words) {
  auto wanted = body(city::v1::WorkOrder::default_instance(), words);
  if (!wanted) return false;
  add(ExpectOrder{order, *std::move(wanted)});
  return true;
}

bool StatementReader::expect_stage(const std::string& order, Words words) {
  const std::string stage(words.rest());
  if (std::ranges::find(stages_, stage) == stages_.end())
    return no(fmt::format("there is no stage '{}'{}", stage, did_you_mean(stage, stages_)));
  add(ExpectStage{order, stage});
  return true;
}

// The name may have blanks, so it ends where the last word of standing is.
bool StatementReader::expect_clock(const std::string& order, Words words) {
  static constexpr std::string_view standings[] = {" running", " paused", " stopped met", " stopped late",
                                                   " cancelled"};
  const auto text = all_words(words);
  ExpectClock clock;
  clock.order = order;
  std::size_t end = 0;
  for (const auto standing : standings) {
    const auto at = text.rfind(standing);
    if (at == std::string::npos || at < end) continue;
    end = at;
    clock.standing = standing.substr(1);
  }
  if (end == 0) return no(clock_form);
  clock.clock = clock_name(before(text, end));
  Words rest(std::string_view(text).substr(end + 1 + clock.standing.size()));
  while (!rest.done()) {
    if (rest.skip("due")) {
      if (!(clock.due = instant(rest.rest()))) return false;
      break;
    }
    const auto mark = rest.next();
    if (mark != "breached" && mark != "exempt") return no(clock_form);
    clock.marks.push_back(mark);
  }
  add(std::move(clock));
  return true;
}

// A date and a time hold for the events behind them, `by` and an actor for the event before.
bool StatementReader::expect_events(const std::string& order, Words words) {
  const auto text = all_words(words);
  ExpectEvents expected{order, {}};
  std::optional<Time> time;
  for (Words rest(text); !rest.done();) {
    auto word = rest.next();
    if (word[0] >= '0' && word[0] <= '9') {
      if (!(time = instant(word + ' ' + rest.next()))) return false;
      continue;
    }
    if (std::ranges::find(facts_, word) == facts_.end())
      return no(fmt::format("a work order knows no event '{}'{}", word, did_you_mean(word, facts_)));
    expected.events.push_back({std::move(word), time, rest.skip("by") ? rest.next() : std::string()});
  }
  if (expected.events.empty()) return no("name the events, or write `expect ORDER no events`");
  add(std::move(expected));
  return true;
}

bool StatementReader::expect_notices(Words words) {
  ExpectNotices notices;
  if (!words.done() && !add_notice(line_->number, words.rest(), notices)) return false;
  for (std::size_t i = 0; i < line_->more.size(); ++i)
    if (const auto text = trimmed(line_->more[i]); !text.empty() && !add_notice(line_->number + 1 + i, text, notices))
      return false;
  if (notices.notices.empty()) return no("name the notices, one a line, or write `expect no notices`");
  add(std::move(notices));
  return true;
}

bool StatementReader::add_notice(std::size_t line, std::string_view text, ExpectNotices& notices) {
  const auto colon = std::min(text.find(':'), text.size());
  WantedNotice notice{line, {}, split(text.substr(std::min(colon + 1, text.size())), ',')};
  Words head(text.substr(0, colon));
  if (head.skip("reporter")) {
    notice.head = "reporter " + head.next();
    if (!head.done() || notice.head.ends_with(' ')) return no_at(line, notice_form);
  } else if (head.skip("staff")) {
    const auto kind = head.next();
    if (!head.skip("to") || head.done()) return no_at(line, notice_form);
    notice.head = fmt::format("staff {} to {}", kind, fmt::join(split(head.rest(), ','), ", "));
  } else {
    return no_at(line, notice_form);
  }
  notices.notices.push_back(std::move(notice));
  return true;
}

bool StatementReader::expect_allowed(Words words) {
  const auto text = all_words(words);
  const auto colon = text.find(':');
  if (colon == std::string::npos) return no("write `expect allowed ORDER by ID ROLE: COMMAND yes, COMMAND blocked`");
  ExpectAllowed allowed;
  Words who(std::string_view(text).substr(0, colon));
  allowed.order = who.next();
  if (who.skip("by")) {
    const auto id = who.next();
    std::vector<std::string> roles;
    while (!who.done()) roles.push_back(who.next());
    allowed.actor = Actor(id, std::move(roles));
  } else if (!somebody_acts_) {
    return no("say who asks: `expect allowed ORDER by li acceptor: ...`");
  }
  for (const auto& item : split(std::string_view(text).substr(colon + 1), ','))
    if (!add_possibility(item, allowed)) return false;
  if (allowed.wanted.empty()) return no("name commands: `expect allowed ORDER: Dispatch yes, Void blocked by role`");
  add(std::move(allowed));
  return true;
}

bool StatementReader::add_possibility(const std::string& text, ExpectAllowed& allowed) {
  Words words(text);
  WantedPossibility wanted{words.next(), words.next(), {}};
  if (!knows_command(wanted.command)) return false;
  if (words.skip("by")) wanted.rule = words.next();
  const bool known = wanted.answer == "yes" || wanted.answer == "blocked";
  if (!known || !words.done() || (wanted.answer == "yes" && !wanted.rule.empty()))
    return no(fmt::format("'{}' is no answer; write `{} yes`, `{} blocked` or `{} blocked by RULE`", text,
                          wanted.command, wanted.command, wanted.command));
  allowed.wanted.push_back(std::move(wanted));
  return true;
}

}  // namespace pavior::scenario

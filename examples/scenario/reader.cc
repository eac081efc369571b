#include "scenario/reader.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "fmt/format.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "scenario/statement_reader.h"
#include "text/event_text.h"

namespace pavior::scenario {

struct StatementReader::Keyword {
  std::string name;
  bool (StatementReader::*read)(Words);
};

const std::vector<StatementReader::Keyword>& StatementReader::keywords() {
  using R = StatementReader;
  static const std::vector<Keyword> all{{"city", &R::read_city},
                                        {"zone", &R::read_zone},
                                        {"calendar", &R::read_calendar},
                                        {"clocks", &R::read_clocks},
                                        {"policy", &R::read_policy},
                                        {"organisation", &R::read_organisation},
                                        {"map", &R::read_map},
                                        {"holds", &R::read_holds},
                                        {"at", &R::read_at},
                                        {"advance", &R::read_advance},
                                        {"by", &R::read_by},
                                        {"submit", &R::read_submit},
                                        {"refused", &R::read_refused},
                                        {"conflict", &R::read_conflict},
                                        {"invalid", &R::read_invalid},
                                        {"repeated", &R::read_repeated},
                                        {"restart", &R::read_restart},
                                        {"recount", &R::read_recount},
                                        {"expect", &R::read_expect}};
  return all;
}

StatementReader::StatementReader(std::filesystem::path file) : file_(std::move(file)) {
  const auto lifecycle = city::make_work_order_workflow();
  for (const Transition& row : lifecycle->transitions()) {
    commands_.push_back(row.command);
    facts_.push_back(row.event);
  }
  for (int i = 0; i < city::v1::Stage_descriptor()->value_count(); ++i) {
    const Stage stage{city::v1::Stage_descriptor()->value(i)->number()};
    if (const auto name = lifecycle->stage_name(stage); !name.empty()) stages_.emplace_back(name);
  }
}

std::optional<Mistake> StatementReader::read(const Line& line) {
  line_ = &line;
  Words words(line.text);
  auto name = words.next();
  if (name.ends_with(':')) name.pop_back();
  const auto keyword = std::ranges::find(keywords(), name, &Keyword::name);
  if (keyword == keywords().end()) {
    std::vector<std::string> names;
    for (const auto& known : keywords()) names.push_back(known.name);
    auto near = did_you_mean(name, names);
    if (near.empty()) near = fmt::format("; statements begin with {}", fmt::join(names, ", "));
    no(fmt::format("there is no statement '{}'{}", name, near));
    return mistake_;
  }
  if ((this->*keyword->read)(words)) return std::nullopt;
  return mistake_;
}

std::variant<Script, Mistake> StatementReader::finish() && {
  if (!clock_ || !start_) return Mistake{1, "nothing happens here; begin with `city china` and `at 2024-03-08 10:00`"};
  return Script{std::move(file_), *std::move(clock_), *start_, std::move(statements_)};
}

std::optional<Time> StatementReader::instant(std::string_view text) {
  if (!clock_) {
    no("say first where the city lies: `city china` or `zone Asia/Shanghai`");
    return std::nullopt;
  }
  const auto time = cli::parse_instant(text, *clock_);
  if (!time) no(fmt::format("'{}' is no instant; write it as 2024-03-08 10:00", text));
  return time;
}

bool StatementReader::move_to(Time time) {
  if (!start_) start_ = time;
  if (*start_ != time && time < now_)
    return no(fmt::format("it is {} already, and time goes forward only", time_text(now_, *clock_)));
  now_ = time;
  add(MoveTo{time});
  return true;
}

bool StatementReader::read_at(Words words) {
  const auto time = instant(words.rest());
  return time && move_to(*time);
}

bool StatementReader::read_advance(Words words) {
  static constexpr auto wrong = "write how long, as 3d, 2h30m or 45s";
  if (!begun()) return false;
  std::chrono::microseconds length{0};
  std::string text;
  while (!words.done()) text += words.next();
  std::string_view rest = text;
  while (!rest.empty()) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (error != std::errc() || count < 0 || count > 1'000'000 || rest.empty()) return no(wrong);
    switch (rest[0]) {
      case 'd': length += std::chrono::days(count); break;
      case 'h': length += std::chrono::hours(count); break;
      case 'm': length += std::chrono::minutes(count); break;
      case 's': length += std::chrono::seconds(count); break;
      default: return no(wrong);
    }
    rest.remove_prefix(1);
  }
  if (length.count() == 0) return no(wrong);
  if (length > std::chrono::years(100)) return no("a story advances by 100 years at most");
  return move_to(now_ + length);
}

bool StatementReader::begun() { return start_ || no("say first when the story begins: `at 2024-03-08 10:00`"); }

bool StatementReader::read_by(Words words) {
  const auto id = words.next();
  std::vector<std::string> roles;
  while (!words.done()) roles.push_back(words.next());
  if (id.empty() || std::ranges::any_of(roles, [](const auto& role) { return role.find(',') != std::string::npos; }))
    return no("write who acts and in which roles: `by li acceptor dispatcher`");
  somebody_acts_ = true;
  add(ActAs{Actor(id, std::move(roles))});
  return true;
}

bool StatementReader::order_of(Words& words, std::string& order, std::string_view form) {
  order = words.next();
  if (order.empty()) return no(fmt::format("write `{}`", form));
  return begun();
}

bool StatementReader::knows_command(const std::string& name) {
  return std::ranges::find(commands_, name) != commands_.end() ||
         no(fmt::format("a work order knows no command '{}'{}", name, did_you_mean(name, commands_)));
}

bool StatementReader::read_submit(Words words) {
  Submit submit;
  if (!order_of(words, submit.order, "submit ORDER COMMAND { fields }")) return false;
  if (!somebody_acts_) return no("say first who acts: `by li acceptor`");
  const auto name = words.next();
  if (!knows_command(name)) return false;
  while (!words.done() && words.rest()[0] != '{') {
    if (words.skip("as")) {
      submit.id = words.next();
    } else if (words.skip("expecting")) {
      const auto what = words.next();
      const auto text = what == "version" ? words.next() : std::string();
      std::uint64_t version = 0;
      std::from_chars(text.data(), text.data() + text.size(), version);
      if (what == "version" && version > 0)
        submit.expected = Expected::exact(Version{version});
      else if (what == "none")
        submit.expected = Expected::none();
      else if (what == "exists")
        submit.expected = Expected::exists();
      else
        return no("write `expecting version 3`, `expecting none` or `expecting exists`");
    } else {
      return no(
          fmt::format("'{}' is out of place; the order is `submit ORDER COMMAND as ID expecting version 3 {{ "
                      "fields }}`",
                      words.rest()));
    }
  }
  auto command = body(*cli::make_message("pavior.city.v1." + name), words);
  if (!command) return false;
  submit.command = *std::move(command);
  add(std::move(submit));
  return true;
}

std::optional<Written> StatementReader::body(const google::protobuf::Message& prototype, Words words) {
  std::string text(words.rest());
  for (std::size_t i = 0; i < line_->more.size(); ++i) {
    if (trimmed(line_->more[i]).starts_with("refused by ")) {
      no_at(line_->number + 1 + i, "what a command is answered is a statement of its own; begin it at the margin");
      return std::nullopt;
    }
    text += '\n' + line_->more[i];
  }
  if (!words.done()) {
    const auto last = text.find_last_not_of(" \n");
    if (text.front() != '{' || text[last] != '}') {
      no("the fields stand in braces, or in lines of their own that are indented");
      return std::nullopt;
    }
    text[last] = ' ';
    text[0] = ' ';
  }
  auto read = read_message(prototype, std::move(text), line_->number, *clock_);
  if (auto* mistake = std::get_if<Mistake>(&read)) return mistake_ = std::move(*mistake), std::nullopt;
  return std::get<Written>(std::move(read));
}

bool StatementReader::read_refused(Words words) {
  if (!words.skip("by") || words.done()) return no("write by which rule: `refused by has_reason`");
  return read_answer(Answer::Kind::refused, words.rest());
}

bool StatementReader::read_answer(Answer::Kind kind, std::string_view text) {
  auto* submit = statements_.empty() ? nullptr : std::get_if<Submit>(&statements_.back().step);
  if (submit == nullptr || submit->answer.line != 0)
    return no("an answer follows the `submit` that it answers, and there is none directly above");
  Answer answer{kind, {}, {}, line_->number};
  if (kind == Answer::Kind::refused) {
    const auto colon = text.find(':');
    answer.rule = trimmed(text.substr(0, colon));
    text = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  }
  answer.text = trimmed(text);
  if (kind == Answer::Kind::repeated && !answer.text.empty()) return no("nothing follows `repeated`");
  submit->answer = std::move(answer);
  return true;
}

bool StatementReader::read_restart(Words words) {
  if (!words.done()) return no("nothing follows `restart`");
  return begun() && (add(Restart{}), true);
}

bool StatementReader::read_recount(Words words) {
  if (!words.done()) return no("nothing follows `recount`");
  return begun() && (add(Recount{}), true);
}

std::variant<Script, Mistake> read_script(const std::filesystem::path& file, std::string_view text) {
  const auto lines = split_lines(text);
  if (const auto* mistake = std::get_if<Mistake>(&lines)) return *mistake;
  StatementReader reader(file);
  for (const Line& line : std::get<std::vector<Line>>(lines))
    if (auto mistake = reader.read(line)) return *std::move(mistake);
  return std::move(reader).finish();
}

}  // namespace pavior::scenario

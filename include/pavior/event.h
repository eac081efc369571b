/// \file
/// The nouns of the log: streams, positions, versions, events, commands and receipts.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/export.h"

namespace pavior::inline v0 {

/// An instant in UTC. Units: microseconds since 1970-01-01, leap seconds not counted.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// The place of an event in the store's one order of events: 1, 2, 3 ... without gaps. 0 is "before the first".
enum class Position : std::uint64_t { none = 0 };

/// The place of an event in its stream: 1, 2, 3 ... without gaps. 0 means the stream has no events.
enum class Version : std::uint64_t { none = 0 };

/// A workflow's own number for a stage of its lifecycle. Stored with every event; never renumber. 0 means "absent".
enum class Stage : std::int32_t { absent = 0 };

constexpr std::uint64_t number(Position position) noexcept { return static_cast<std::uint64_t>(position); }
constexpr std::uint64_t number(Version version) noexcept { return static_cast<std::uint64_t>(version); }
constexpr std::int32_t number(Stage stage) noexcept { return static_cast<std::int32_t>(stage); }
constexpr Position operator+(Position position, std::uint64_t n) noexcept { return Position{number(position) + n}; }
constexpr Version operator+(Version version, std::uint64_t n) noexcept { return Version{number(version) + n}; }

/// Names one stream of events: which workflow runs it, and which one it is.
/// Both parts are 1 to `Limits::stream_id_bytes_max` bytes of printable UTF-8; the workflow has no '/'.
class PAVIOR_EXPORT StreamId {
 public:
  StreamId() = default;
  StreamId(std::string workflow, std::string key) : workflow_(std::move(workflow)), key_(std::move(key)) {}

  [[nodiscard]] const std::string& workflow() const noexcept { return workflow_; }
  [[nodiscard]] const std::string& key() const noexcept { return key_; }
  /// `workflow/key`.
  [[nodiscard]] std::string text() const { return workflow_ + '/' + key_; }
  /// The inverse of `text()`; both parts empty when there is no '/'.
  [[nodiscard]] static StreamId parse(std::string_view text);

  friend auto operator<=>(const StreamId&, const StreamId&) = default;
  friend std::ostream& operator<<(std::ostream& out, const StreamId& id) {
    return out << id.workflow_ << '/' << id.key_;
  }

 private:
  std::string workflow_;
  std::string key_;
};

/// Who acts. The host has authenticated the person; workflows decide what the roles may do.
class PAVIOR_EXPORT Actor {
 public:
  Actor() = default;
  /// `principal` is the person in whose place the actor acts; empty for most.
  explicit Actor(std::string id, std::vector<std::string> roles = {}, std::string principal = {})
      : id_(std::move(id)), roles_(std::move(roles)), principal_(std::move(principal)) {}

  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] const std::vector<std::string>& roles() const noexcept { return roles_; }
  [[nodiscard]] const std::string& principal() const noexcept { return principal_; }
  [[nodiscard]] bool has_role(std::string_view role) const noexcept;

  friend bool operator==(const Actor&, const Actor&) = default;

 private:
  std::string id_;
  std::vector<std::string> roles_;
  std::string principal_;
};

/// One fact, as read from the log.
/// Lifetime: the views point into memory of whoever handed out the event and are valid as long as that says:
/// during the call for callbacks, as long as the `History` for its elements.
struct Event {
  Position position{};
  Version version{};
  Stage stage{};                ///< The stage this fact led to.
  Time time{};                  ///< When it was decided, by the engine's clock.
  std::string_view workflow{};  ///< The stream's two parts.
  std::string_view key{};
  std::string_view type{};        ///< Full protobuf name, e.g. `pavior.city.v1.Dispatched`.
  std::string_view payload{};     ///< The protobuf message's bytes.
  std::string_view actor{};       ///< `Actor::id()` of the command that caused it.
  std::string_view principal{};   ///< `Actor::principal()`: in whose place.
  std::string_view command_id{};  ///< The command that caused it.
  std::string_view trace{};       ///< The command's `trace()`.

  [[nodiscard]] StreamId stream() const { return {std::string(workflow), std::string(key)}; }
};

/// What a command requires of its stream before it is decided.
class PAVIOR_EXPORT Expected {
 public:
  static constexpr Expected any() { return Expected(Kind::any, Version::none); }        ///< No requirement.
  static constexpr Expected none() { return Expected(Kind::none, Version::none); }      ///< The stream has no events.
  static constexpr Expected exists() { return Expected(Kind::exists, Version::none); }  ///< The stream has events.
  static constexpr Expected exact(Version version) { return Expected(Kind::exact, version); }

  [[nodiscard]] bool admits(Version current) const noexcept;
  /// E.g. "version 7", "no events".
  [[nodiscard]] std::string text() const;

 private:
  enum class Kind : std::uint8_t { any, none, exists, exact };
  constexpr Expected(Kind kind, Version version) : kind_(kind), version_(version) {}
  Kind kind_;
  Version version_;
};

/// A wish addressed to one stream. The same id with the same content is one command, however often it is sent.
class Command {
 public:
  Command() = default;
  /// `type` is the full protobuf name of the payload's message.
  Command(StreamId stream, std::string type, std::string payload)
      : stream_(std::move(stream)), type_(std::move(type)), payload_(std::move(payload)) {}

  /// Sets the idempotency key; 1 to `Limits::command_id_bytes_max` bytes of printable UTF-8 that do not begin with
  /// `pavior:`. Without one the engine makes a fresh id.
  Command& with_id(std::string id) & { return id_ = std::move(id), *this; }
  Command&& with_id(std::string id) && { return std::move(with_id(std::move(id))); }
  Command& by(Actor actor) & { return actor_ = std::move(actor), *this; }
  Command&& by(Actor actor) && { return std::move(by(std::move(actor))); }
  Command& expecting(Expected expected) & { return expected_ = expected, *this; }
  Command&& expecting(Expected expected) && { return std::move(expecting(expected)); }
  /// Sets an opaque correlation text stored with the events, e.g. a W3C `traceparent`.
  Command& with_trace(std::string trace) & { return trace_ = std::move(trace), *this; }
  Command&& with_trace(std::string trace) && { return std::move(with_trace(std::move(trace))); }

  [[nodiscard]] const StreamId& stream() const noexcept { return stream_; }
  [[nodiscard]] const std::string& type() const noexcept { return type_; }
  [[nodiscard]] const std::string& payload() const noexcept { return payload_; }
  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] const Actor& actor() const noexcept { return actor_; }
  [[nodiscard]] Expected expected() const noexcept { return expected_; }
  [[nodiscard]] const std::string& trace() const noexcept { return trace_; }

 private:
  StreamId stream_;
  std::string type_;
  std::string payload_;
  std::string id_;
  Actor actor_;
  Expected expected_ = Expected::any();
  std::string trace_;
};

/// The durable answer to an accepted command.
struct Receipt {
  std::string command_id;
  StreamId stream;
  Version version{};         ///< Of the command's stream after the command.
  Stage stage{};             ///< The stage it led to.
  Position first{};          ///< Position of the first event of the commit ...
  std::uint32_t events = 0;  ///< ... and how many it has, those of follow-up commands included.
  Time time{};
  bool repeated = false;  ///< The command had been accepted before; this is the first answer again.
};

/// The events of one stream, oldest first. Owns the memory its events point into.
/// Threads: immutable; share freely.
class History {
 public:
  History() = default;
  History(std::vector<Event> events, std::shared_ptr<const void> memory)
      : events_(std::move(events)), memory_(std::move(memory)) {}

  [[nodiscard]] auto begin() const noexcept { return events_.begin(); }
  [[nodiscard]] auto end() const noexcept { return events_.end(); }
  [[nodiscard]] std::size_t size() const noexcept { return events_.size(); }
  [[nodiscard]] bool empty() const noexcept { return events_.empty(); }
  [[nodiscard]] const Event& operator[](std::size_t i) const { return events_[i]; }
  [[nodiscard]] const std::vector<Event>& events() const noexcept { return events_; }

 private:
  std::vector<Event> events_;
  std::shared_ptr<const void> memory_;
};

}  // namespace pavior::inline v0

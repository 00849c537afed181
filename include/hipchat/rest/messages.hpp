#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/message_format.hpp"
#include "hipchat/notification.hpp"
#include "hipchat/rest/client.hpp"
#include "hipchat/rest/paged.hpp"
#include "hipchat/rest/people.hpp"

namespace hipchat::rest {

/// A file that came with a message.
struct message_file {
    std::string name = {};
    std::int64_t size = 0;  ///< bytes
    std::string url = {};
    std::string thumb_url = {};
};

/// Which add-on posted a notification.
struct notification_origin {
    std::string type = {};       ///< "addon"
    std::string addon_key = {};  ///< the add-on's key
    std::string client_id = {};  ///< the installation's oauthId
};

/// A message or notification of a room's or conversation's history (host-side.md 5). Links, cards
/// and what else there is are in `json`.
struct logged_message : resource {
    std::string id = {};
    std::string date = {};                    ///< ISO 8601
    std::string type = {};                    ///< "message", "notification", "topic", …
    std::optional<std::string> message = {};  ///< absent: it was deleted
    std::string from_name = {};               ///< of the person, or what the notification says
    std::optional<user_summary> from = {};    ///< absent: no person
    std::vector<user_summary> mentions = {};
    std::string color = {};
    std::string message_format = {};
    std::optional<message_file> file = {};
    std::optional<notification_origin> sender = {};
};

/// What sending a message is answered with.
struct sent_message : resource {
    std::string id = {};
    std::string timestamp = {};
};

/// Which part of a history is wanted: its last 75 messages, oldest first, unless said otherwise.
class history_query {
public:
    /// The latest date, ISO 8601, or "recent".
    history_query& date(std::string text) & {
        date_ = std::move(text);
        return *this;
    }
    history_query&& date(std::string text) && { return std::move(date(std::move(text))); }
    /// The earliest date.
    history_query& end_date(std::string text) & {
        end_date_ = std::move(text);
        return *this;
    }
    history_query&& end_date(std::string text) && { return std::move(end_date(std::move(text))); }
    /// For the dates of the answer, for example "Europe/Stockholm"; UTC unless set.
    history_query& timezone(std::string name) & {
        timezone_ = std::move(name);
        return *this;
    }
    history_query&& timezone(std::string name) && { return std::move(timezone(std::move(name))); }
    history_query& newest_first(bool on = true) & {
        newest_first_ = on;
        return *this;
    }
    history_query&& newest_first(bool on = true) && { return std::move(newest_first(on)); }
    history_query& include_deleted(bool on = true) & {
        deleted_ = on;
        return *this;
    }
    history_query&& include_deleted(bool on = true) && { return std::move(include_deleted(on)); }

    const std::string& latest() const noexcept { return date_; }
    const std::string& earliest() const noexcept { return end_date_; }
    const std::string& timezone() const noexcept { return timezone_; }
    bool is_newest_first() const noexcept { return newest_first_; }
    bool has_deleted() const noexcept { return deleted_; }

private:
    std::string date_;
    std::string end_date_;
    std::string timezone_;
    bool newest_first_ = false;
    bool deleted_ = false;
};

/// Which of the latest messages are wanted.
class latest_query {
public:
    /// @param most 0 to 1000
    explicit latest_query(int most = 75) : most_(most) {}

    /// Nothing before the message of that id.
    latest_query& not_before(std::string message_id) & {
        not_before_ = std::move(message_id);
        return *this;
    }
    latest_query&& not_before(std::string message_id) && {
        return std::move(not_before(std::move(message_id)));
    }
    latest_query& timezone(std::string name) & {
        timezone_ = std::move(name);
        return *this;
    }
    latest_query&& timezone(std::string name) && { return std::move(timezone(std::move(name))); }
    latest_query& include_deleted(bool on = true) & {
        deleted_ = on;
        return *this;
    }
    latest_query&& include_deleted(bool on = true) && { return std::move(include_deleted(on)); }

    int most() const noexcept { return most_; }
    const std::string& first() const noexcept { return not_before_; }
    const std::string& timezone() const noexcept { return timezone_; }
    bool has_deleted() const noexcept { return deleted_; }

private:
    int most_;
    std::string not_before_;
    std::string timezone_;
    bool deleted_ = false;
};

/// A file to share: at most 50 MB.
class shared_file {
public:
    shared_file(std::string name, std::string bytes)
        : name_(std::move(name)), bytes_(std::move(bytes)) {}

    /// "application/octet-stream" unless set.
    shared_file& content_type(std::string type) & {
        content_type_ = std::move(type);
        return *this;
    }
    shared_file&& content_type(std::string type) && {
        return std::move(content_type(std::move(type)));
    }
    /// Said with it; at most 1000 characters.
    shared_file& message(std::string text) & {
        message_ = std::move(text);
        return *this;
    }
    shared_file&& message(std::string text) && { return std::move(message(std::move(text))); }

    const std::string& name() const noexcept { return name_; }
    const std::string& bytes() const noexcept { return bytes_; }
    const std::string& content_type() const noexcept { return content_type_; }
    const std::string& message() const noexcept { return message_; }

private:
    std::string name_;
    std::string bytes_;
    std::string content_type_ = "application/octet-stream";
    std::string message_;
};

/// What is said in rooms.
class room_messages {
public:
    explicit room_messages(client host) : host_(std::move(host)) {}

    /// Scope: send_notification.
    task<> notify(room_ref where, notification what) const;
    /// As a user: needs client::as_user. Scope: send_message, also for the next three.
    /// @param text 1 to 1000 characters
    task<sent_message> send(room_ref where, std::string text) const;
    task<> reply(room_ref where, std::string parent_message_id, std::string text) const;
    /// @param text said with it; may be empty
    task<> share_link(room_ref where, std::string link, std::string text = {}) const;
    task<> share_file(room_ref where, shared_file what) const;

    /// Scope: view_messages, also for the next two.
    paged<logged_message> history(room_ref where, history_query part = {}) const;
    task<std::vector<logged_message>> latest(room_ref where,
                                             latest_query part = latest_query()) const;
    task<logged_message> get(room_ref where, std::string message_id) const;

private:
    client host_;
};

/// What is said between two people. Sending is done as a user: it needs client::as_user.
class private_messages {
public:
    explicit private_messages(client host) : host_(std::move(host)) {}

    /// Scope: send_message, also for the next two.
    /// @param text 1 to 10000 characters
    /// @param notify makes clients draw attention to it
    task<> send(user_ref to, std::string text, message_format format = message_format::text,
                bool notify = false) const;
    task<> share_link(user_ref to, std::string link, std::string text = {}) const;
    task<> share_file(user_ref to, shared_file what) const;

    /// Scope: view_messages, also for the next two.
    paged<logged_message> history(user_ref with, history_query part = {}) const;
    task<std::vector<logged_message>> latest(user_ref with,
                                             latest_query part = latest_query()) const;
    task<logged_message> get(user_ref with, std::string message_id) const;

private:
    client host_;
};

}  // namespace hipchat::rest

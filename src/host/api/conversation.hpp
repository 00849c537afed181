#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/api/services.hpp"
#include "transport/websocket.hpp"

// Frames, one JSON object each:
//
//   out  {"type": "welcome", "you", "room", "people", "changes", "cursor"}   first
//        {"type": "change", "change"}    {"type": "people", "people"}
//        {"type": "glance", "addon_key", "key", "content"}
//        {"type": "elsewhere"}  something was said in another room; told once until it is asked for
//        again
//        {"type": "error", "message", "origin_id"?}
//   in   {"type": "say", "text", "origin_id", "parent_id"?}    {"type": "leave"}
//        {"type": "read", "seq"}    {"type": "elsewhere"}  tell again
//        {"type": "edit", "message_id", "text"}  null text: deletes it

namespace hipchat::host {

/// One person's live socket in one room.
class conversation {
public:
    struct party {
        room_ptr where = {};
        person you = {};
        std::string session_id = {};  ///< empty: nobody needed to sign in
    };

    conversation(services& on, transport::websocket& socket, party of)
        : on_(on),
          socket_(socket),
          room_(std::move(of.where)),
          you_(std::move(of.you)),
          session_id_(std::move(of.session_id)) {}
    conversation(const conversation&) = delete;
    conversation& operator=(const conversation&) = delete;

    /// Enters, welcomes, and goes on until the socket is closed; then the person leaves in a while.
    /// @param after the last change that the page has; empty: it has none
    task<> hold(std::optional<std::int64_t> after);

private:
    task<> welcome(std::optional<std::int64_t> after);
    task<> listen();
    task<> take(std::string text);
    task<> say(json::object frame);
    task<> edit(json::object frame);
    task<> mark_read(json::object frame);
    // Checks that the message is one of this room.
    task<> check_parent(std::string id);
    void hint_at(const change_ptr& made);
    task<> leave();
    void hear(const change_ptr& made);
    void show(const pushed_glance& made);
    void tell(const change_ptr& made);
    // Whether the session goes on and the room may still be seen; if not, the socket is closed.
    bool may_stay();
    void complain(const std::string& message, const json::object& about);
    json::array people_list() const;

    services& on_;
    transport::websocket& socket_;
    room_ptr room_;
    person you_;
    std::string session_id_;
    bool is_here_ = false;
    bool is_welcomed_ = false;
    std::int64_t cursor_ = 0;
    bool is_hinted_ = false;         ///< the page knows that there is something elsewhere
    std::vector<change_ptr> early_;  ///< heard before the welcome was written
};

}  // namespace hipchat::host

#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "hipchat/json.hpp"
#include "hipchat/secret.hpp"
#include "support/plain_http.hpp"
#include "support/scripted_host.hpp"
#include "traffic/dice.hpp"
#include "traffic/example_program.hpp"
#include "traffic/tally.hpp"

namespace hipchat::traffic {

/// Whose tenants a caller deals with, and so how sure it can be of what it will be answered.
enum class dealings {
    own,         ///< its own: each answer is known before
    shared,      ///< others install and uninstall the same ones at the same time
    broken_host  ///< its own, on a host that answers anything
};

/// One who calls an add-on: as a host, a browser, a stranger. Each does one thing after another, on
/// one thread; a request of it has a connection of its own.
class caller {
public:
    /// @param number apart from those of all other callers
    caller(example_program& to, hipchat::testing::scripted_host& host, dealings with, tally& counts,
           std::uint64_t seed, int number);

    /// Does one thing, whichever.
    void act();

private:
    struct installation {
        std::string oauth_id = {};
        secret key = {};
        std::optional<std::int64_t> room = {};
    };
    struct page_call {
        std::string method = {};
        std::string path = {};
    };
    /// A page that is open in some browser, and what it can call.
    struct open_page {
        installation of = {};
        std::string token = {};
        std::vector<page_call> calls = {};
        std::vector<std::string> fields = {};  ///< of its form
    };
    using answer = hipchat::testing::plain_answer;
    /// When a request began, and how often the program had been stopped before.
    struct beginning {
        std::uint64_t stops = 0;
        std::chrono::steady_clock::time_point at = {};
    };

    // caller.cpp
    /// Waits until the program serves.
    beginning begin() const;
    /// Sends it and judges the answer; nothing if the program was stopped meanwhile.
    std::optional<answer> ask(const std::string& kind, const hipchat::testing::plain_request& what,
                              std::vector<int> expected);
    /// The same with bytes, after which nothing more is written.
    std::optional<answer> ask_bytes(const std::string& kind, const std::string& bytes,
                                    std::vector<int> expected);
    std::optional<answer> judge(const std::string& kind, const answer& given,
                                std::vector<int> expected, const beginning& asked);
    void break_the_host();
    std::string token(const installation& by, const secret& key,
                      std::chrono::seconds issued_ago = {});
    std::string token(const installation& by) { return token(by, by.key); }
    /// Any but a right one for `by`.
    std::string wrong_token(const installation& by);
    const installation& any_installation() {
        return installations_[dice_.below(installations_.size())];
    }

    // lifecycle.cpp
    void install();
    void install_again();
    void steal();
    void update();
    void uninstall_too_early();
    void uninstall();
    void install_nonsense();
    void forget_pages(const installation& of);

    // webhooks.cpp
    void deliver();
    void deliver_again();
    void deliver_unproved();
    void deliver_for_another();
    void deliver_damaged();
    std::string said();
    json::object event_body(const webhook& hook, const installation& in);
    hipchat::testing::plain_request delivery(const webhook& hook, std::string token,
                                             std::string body);

    // pages.cpp
    void ask_glance();
    void ask_glance_unproved();
    void open();
    void open_unproved();
    void call_from_page();
    void call_from_page_unproved();
    std::vector<std::string> pages() const;

    // mischief.cpp
    void talk_garbage();
    void damage_a_request();
    void send_too_much();
    void contradict();
    void leave();
    void keep_half_open();
    void ask_nothing();
    void pipeline();

    example_program& to_;
    hipchat::testing::scripted_host& host_;
    dealings with_;
    tally& counts_;
    dice dice_;
    int number_;
    int made_ = 0;
    std::vector<installation> installations_;
    std::deque<open_page> open_;
    std::deque<hipchat::testing::plain_request> delivered_;
    std::deque<std::unique_ptr<hipchat::testing::plain_connection>> half_open_;
};

/// What follows the origin.
std::string path_of(const std::string& url);

}  // namespace hipchat::traffic

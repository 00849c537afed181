#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "hipchat/secret.hpp"
#include "protocol/installation.hpp"
#include "support/gate.hpp"
#include "support/loop_thread.hpp"
#include "transport/http_server.hpp"

namespace hipchat::testing {

/// A request as the host saw it.
struct seen_request {
    std::string method;
    std::string path;
    std::string authorization;
    std::string body;
    std::string query = {};
    std::string content_type = {};
};

/// The host's side of the protocol as far as an add-on sees it, on a port and thread of its own:
/// capabilities, tokens, notifications, webhooks by key. It does what the protocol says until it is
/// told to lie, stall or break. All of it may be called from every thread but its own.
class scripted_host {
public:
    scripted_host();
    scripted_host(const scripted_host&) = delete;
    scripted_host& operator=(const scripted_host&) = delete;
    ~scripted_host();

    std::string base() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::uint16_t port() const noexcept { return port_; }
    std::string capabilities_url() const { return base() + "/v2/capabilities"; }

    /// Makes the credentials of an installation known, as before an install request is sent.
    void add_client(const std::string& oauth_id, const secret& oauth_secret);
    /// Makes them unknown, as before an uninstall request is sent.
    void remove_client(const std::string& oauth_id);
    /// The tokens granted so far are not accepted any more.
    void revoke_tokens();
    /// Lifetime of the tokens that are granted from now on.
    void grant_for(std::chrono::seconds expires_in);

    /// The body of an install request for these credentials; the client is made known.
    protocol::installation installation(const std::string& oauth_id, const secret& oauth_secret,
                                        std::optional<std::int64_t> room = 4021);

    /// Answers every request at `path` like this, until obey(path).
    void answer(const std::string& path, transport::http_response response);
    /// Answers the next request at `path` like this, before what is said elsewhere; may be called
    /// several times.
    void answer_next(const std::string& path, transport::http_response response);
    /// Answers the capabilities with this document.
    void answer_capabilities(const json::object& document);
    void obey(const std::string& path);
    /// Lets requests at `path` wait until release(path).
    void hold(const std::string& path);
    void release(const std::string& path);
    /// The webhooks that were put into rooms and not removed, as the modules that they are.
    std::vector<json::object> webhooks() const;
    /// Waits until there are `count` of them; false after 30 s.
    bool wait_for_webhooks(std::size_t count) const;
    /// Answers calls about them with this status until obey_webhooks(): below 500 without doing
    /// what was asked, from 500 on after doing it.
    void answer_webhooks(int status);
    void obey_webhooks() { answer_webhooks(0); }
    /// Called for each request, on the host's thread, before it is answered.
    void on_request(std::function<void()> seen);

    /// Requests at `path` so far.
    std::vector<seen_request> requests(const std::string& path) const;
    std::size_t count(const std::string& path) const { return requests(path).size(); }
    /// Of the requests so far nothing is known any more, so that it can go on for hours.
    void forget_requests();
    /// Waits until there are `count` requests at `path`; false after 30 s.
    bool wait_for(const std::string& path, std::size_t count) const;

    static constexpr const char* capabilities_path = "/v2/capabilities";
    static constexpr const char* token_path = "/v2/oauth/token";
    static constexpr const char* notification_path = "/v2/room/4021/notification";

private:
    task<transport::http_response> serve(const transport::http_request& request);
    transport::http_response obedient(const seen_request& request);
    transport::http_response token_for(const seen_request& request);
    transport::http_response webhook_for(const seen_request& request);
    bool granted(const seen_request& request) const;

    loop_thread thread_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<seen_request> seen_;
    std::map<std::string, secret> clients_;
    std::set<std::string> tokens_;
    std::map<std::string, transport::http_response> answers_;
    std::map<std::string, std::deque<transport::http_response>> next_;
    std::map<std::string, json::object> webhooks_;  // by path
    int webhook_status_ = 0;                        // 0: what the protocol says
    std::chrono::seconds expires_in_{3600};
    std::function<void()> on_request_;
    std::map<std::string, gate> gates_;  // the host's thread only
    int granted_ = 0;
    std::unique_ptr<transport::http_server> server_;
    std::uint16_t port_ = 0;
};

}  // namespace hipchat::testing

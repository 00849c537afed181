#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "addon/process/process.hpp"
#include "base/clock.hpp"
#include "hipchat/addon.hpp"
#include "hipchat/json.hpp"
#include "protocol/installation.hpp"
#include "protocol/jwt.hpp"
#include "support/loop_thread.hpp"
#include "support/plain_http.hpp"
#include "support/recording_log.hpp"
#include "support/scripted_host.hpp"

namespace hipchat::testing {

/// An add-on as run() serves it, on a loop of its own and a free port.
class running_addon {
public:
    /// @param program must outlive this
    /// @param time outlives this; one that tests move is moved on the loop's thread
    explicit running_addon(const addon& program, addons::settings given = in_memory(),
                           const clock& time = system_clock())
        : running_addon(std::vector<const addon*>{&program}, std::move(given), time) {}
    /// Several in one process.
    explicit running_addon(const std::vector<const addon*>& programs,
                           addons::settings given = in_memory(),
                           const clock& time = system_clock());
    running_addon(const running_addon&) = delete;
    running_addon& operator=(const running_addon&) = delete;
    /// Drains, if that has not been done.
    ~running_addon();

    static addons::settings in_memory() {
        addons::settings given;
        given.port = 0;
        given.store = "memory:";
        return given;
    }

    std::uint16_t port() const noexcept { return port_; }
    recording_log& log() noexcept { return log_; }
    loop_thread& thread() noexcept { return thread_; }
    addons::process& process() noexcept { return *process_; }
    addons::service& service(std::size_t which = 0) { return process_->at(which); }

    plain_answer get(const std::string& target) const { return send(port_, {.target = target}); }
    plain_answer install(const protocol::installation& body, const std::string& token = "") const;
    /// The same with any body.
    plain_answer install_text(std::string body) const;
    plain_answer uninstall(const std::string& oauth_id) const;
    /// A webhook; no token: unsigned.
    plain_answer deliver(const std::string& path, std::string body,
                         const std::string& token = "") const;

    /// Begins a drain; the result is there when it has ended.
    std::future<std::size_t> begin_drain();

private:
    recording_log log_;
    loop_thread thread_;
    std::unique_ptr<addons::process> process_;
    std::uint16_t port_ = 0;
    bool draining_ = false;
};

/// What became of the deliveries so far.
inline addons::delivery_counts counts_of(running_addon& running) {
    return running.thread().call([&] { return running.service().delivered(); });
}

/// Counts what happens in handlers, and lets the test wait for it.
class counter {
public:
    void add() {
        const std::lock_guard lock(mutex_);
        ++count_;
        changed_.notify_all();
    }
    int count() const {
        const std::lock_guard lock(mutex_);
        return count_;
    }
    /// False after 30 s.
    bool wait_for(int count) const {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return count_ >= count; });
    }

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    int count_ = 0;
};

/// A token as the host of `issuer` signs its deliveries, with a jti of its own.
protocol::jwt_claims claims_of(const std::string& issuer, const clock& time = system_clock());
std::string signed_token(const std::string& issuer, const secret& key);

/// A room_enter of Ada's, or a room_message, as a host delivers it to that installation.
std::string room_enter_body(const std::string& oauth_id);
std::string room_message_body(const std::string& oauth_id, const std::string& text);

/// What most tests need: a host, and the credentials of one installation.
class with_host : public ::testing::Test {
protected:
    static descriptor about() {
        return {.key = "hipchat-greeter",
                .name = "HipChat Greeter",
                .scopes = {scope::send_notification}};
    }
    /// The greeter, counting the people it greets in `greeted_`.
    addon& greeter();

    protocol::installation request() { return host_.installation(id_, key_); }
    /// Installs the add-on and expects it to work.
    void installed_in(running_addon& program) {
        const plain_answer answer = program.install(request());
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    std::string token() const { return signed_token(id_, key_); }

    const std::string id_ = "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7";
    const secret key_{"q7Rk2VtXw9LmZp4Ns8YbHd3Gf6JcQa1EuTo5Ki0B"};
    scripted_host host_;
    counter greeted_;
    addon program_{about()};
};

}  // namespace hipchat::testing

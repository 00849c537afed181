#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "hipchat/json.hpp"
#include "host/host.hpp"
#include "support/loop_thread.hpp"
#include "support/plain_http.hpp"
#include "support/recording_log.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::host::testing {

using hipchat::testing::loop_thread;
using hipchat::testing::plain_answer;
using hipchat::testing::recording_log;
using hipchat::testing::temporary_folder;

/// A host on a thread of its own, on a free port.
class running_host {
public:
    /// @param adjust changes the options; may be empty
    /// @param time   must outlive the host
    explicit running_host(const std::string& data_folder,
                          const std::function<void(host_options&)>& adjust = {},
                          const clock& time = system_clock());
    running_host(const running_host&) = delete;
    running_host& operator=(const running_host&) = delete;
    /// Stops it and expects that nothing was left under way.
    ~running_host();

    std::uint16_t port() const noexcept { return port_; }
    const std::string& base() const noexcept { return base_; }
    std::vector<route_policy> policies() { return host_->policies(); }

    std::uint16_t metrics_port() { return host_->metrics_port(); }
    std::string setup_url() { return host_->setup_url(); }
    const secret& shell_token() { return host_->shell_token(); }

    using headers = std::map<std::string, std::string>;
    /// One request as the host's own shell commands send it; `more` adds headers or replaces them.
    plain_answer send(const std::string& method, const std::string& target,
                      const std::string& body = "", const headers& more = {}) const;
    plain_answer get(const std::string& target) const { return send("GET", target); }

    /// POST /api/rooms/1/events
    plain_answer act(const std::string& event, const std::string& name,
                     const std::string& text = "") const;
    plain_answer install(const std::string& descriptor_url,
                         const std::string& scopes = R"(["send_notification","view_room"])") const;
    plain_answer uninstall(const std::string& key) const {
        return send("DELETE", "/api/rooms/1/integrations/" + key);
    }

    /// The changes of room 1 after `seq`; waits until there is one of that kind.
    json::array changes_until(const std::string& kind, std::int64_t after = 0) const;

    recording_log log;

private:
    loop_thread thread_;
    std::unique_ptr<host> host_;
    std::uint16_t port_ = 0;
    std::string base_;
};

/// The body of an answer; fails the test if it is not JSON.
json::value body_of(const plain_answer& answer);

/// "error"."message" of an answer.
std::string message_of(const plain_answer& answer);

}  // namespace hipchat::host::testing

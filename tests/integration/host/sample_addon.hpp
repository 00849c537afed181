#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/json.hpp"
#include "hipchat/secret.hpp"
#include "support/gate.hpp"
#include "support/loop_thread.hpp"
#include "transport/http_server.hpp"

namespace hipchat::host::testing {

/// A request as the add-on got it.
struct delivered {
    std::string method = {};
    std::string target = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};

    std::string header(std::string_view name) const;
    json::object json() const { return json::parse(body).as_object(); }
};

/// An add-on that owes nothing to our library, on a port and thread of its own. It accepts whatever
/// it gets with 204, keeps it, and answers otherwise where it is told to.
class sample_addon {
public:
    using answer = std::function<transport::http_response(const delivered&)>;

    /// @param key of its descriptor
    explicit sample_addon(std::string key = "test.sample");
    sample_addon(const sample_addon&) = delete;
    sample_addon& operator=(const sample_addon&) = delete;
    ~sample_addon();

    std::string base() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::string url() const { return base() + "/descriptor"; }

    /// Changes the descriptor that it serves.
    void describe(const std::function<void(json::object& descriptor)>& change);
    /// Adds a signed webhook at /event/<event>.
    void listen_to(const std::string& event, const std::string& pattern = "",
                   const std::string& authentication = "jwt");

    /// How it answers requests to `path` from now on, on its own thread.
    void at(const std::string& path, answer how);
    /// Lets requests to `path` wait until release(path).
    void hold(const std::string& path);
    void release(const std::string& path);

    /// The requests to `path`, once there are `count`; fails the test if there are not in 30 s.
    std::vector<delivered> wait_for(const std::string& path, std::size_t count = 1);
    std::vector<delivered> requests(const std::string& path);

    /// The secret that it was installed with.
    secret installed_secret();

private:
    task<transport::http_response> serve(const transport::http_request& request);
    std::size_t count(const std::string& path) const;

    hipchat::testing::loop_thread thread_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<delivered> seen_;
    std::map<std::string, answer> answers_;
    // Its own thread only.
    std::map<std::string, hipchat::testing::gate> gates_;
    json::object descriptor_;
    std::unique_ptr<transport::http_server> server_;
    std::uint16_t port_ = 0;
};

}  // namespace hipchat::host::testing

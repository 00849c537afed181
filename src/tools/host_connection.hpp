#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "hipchat/json.hpp"
#include "hipchat/secret.hpp"
#include "hipchat/task.hpp"
#include "transport/http_client.hpp"
#include "transport/io_loop.hpp"

namespace hipchat::tools {

/// How a command ends; the shell sees the number.
enum class outcome {
    done = 0,
    refused = 1,      ///< the host said no, or what was expected did not come
    usage = 2,        ///< the command line makes no sense
    unreachable = 3,  ///< no host answers there
};

/// A command's end of the conversation with a running host (docs/host-web.md). Loop thread only.
class host_connection {
public:
    /// @param base_url of the host, without a slash at the end
    /// @param token    the shell's, of a host with accounts; empty: none is shown
    host_connection(transport::io_loop& loop, std::string base_url, secret token);

    /// Each sends a request to `path` below the base URL and returns the JSON answer, null if there
    /// is none. Throws api_error when the host says no, transport_error when it cannot be reached,
    /// protocol_error when what answers is no host.
    task<json::value> get(std::string path);
    task<json::value> post(std::string path, const json::value& body);
    task<json::value> remove(std::string path);

private:
    task<json::value> send(std::string method, std::string path, std::string body);

    std::string base_url_;
    secret token_;
    transport::http_client client_;
};

/// Which host a command talks to.
struct host_address {
    std::string url = "http://localhost:8080";
    std::string token_file = {};  ///< shell-token of the host's data folder; empty: it needs none
};

/// "/api/rooms/Lobby" + `rest`, the room's name encoded.
std::string room_path(std::string_view room, std::string_view rest = {});

/// Runs `command` on a loop of its own until it ends. What it throws is printed on standard error,
/// with what to do about it, and becomes an outcome.
outcome run_with_host(const host_address& at,
                      std::function<task<outcome>(host_connection&)> command);

/// A member of an object in an answer. Throws protocol_error if it is absent.
const json::value& member(const json::value& answer, std::string_view name);

/// The same, when it is an array or a whole number. Throws protocol_error if it is not.
const json::array& array_member(const json::value& answer, std::string_view name);
std::int64_t number_member(const json::value& answer, std::string_view name);

/// A member's text; empty if it is absent, null or not text.
std::string text_member(const json::value& object, std::string_view name);

}  // namespace hipchat::tools

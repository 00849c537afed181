#include "tools/host_connection.hpp"

#include <chrono>
#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <utility>

#include "base/spawn.hpp"
#include "hipchat/errors.hpp"
#include "protocol/api_error.hpp"
#include "protocol/url.hpp"

namespace hipchat::tools {
namespace {

// An install waits for the add-on, and a look at what changed waits up to 30 seconds.
constexpr std::chrono::seconds longest_answer{75};
constexpr std::size_t largest_answer = 16'777'216;

transport::destination_policy only_the_host(const std::string& base_url) {
    const auto url = protocol::parse_web_url(base_url);
    if (!url || !url->query.empty())
        throw config_error("'" + base_url
                           + "' is not the address of a host; one looks like "
                             "http://localhost:8080");
    transport::destination_policy policy;
    policy.allow_loopback()
        .allow({.scheme = url->scheme, .host = url->host, .port = std::to_string(url->port)})
        .only_listed();
    return policy;
}

secret read_token(const std::string& file) {
    if (file.empty()) return {};
    std::string token;
    if (!(std::ifstream(file) >> token))
        throw config_error("the file " + file
                           + " cannot be read; it is shell-token in the host's data folder, and its "
                             "owner's alone");
    return secret(std::move(token));
}

json::value parsed(const transport::http_answer& answer) {
    if (answer.body.empty()) return nullptr;
    boost::system::error_code wrong;
    json::value value = json::parse(answer.body, wrong);
    if (wrong) throw protocol_error("it answers something else than JSON");
    return value;
}

outcome outcome_of(const std::exception_ptr& thrown, const std::string& base_url) {
    try {
        std::rethrow_exception(thrown);
    } catch (const api_error& no) {
        std::cerr << "The host refused (" << no.status() << "): " << no.what() << '\n';
        if (no.status() == 401)
            std::cerr
                << "This host has accounts; show that you may: --token-file FOLDER/shell-token, "
                   "with the folder of its data.\n";
        return outcome::refused;
    } catch (const transport_error& failed) {
        std::cerr << "No host can be reached at " << base_url << ": " << failed.what()
                  << "\nStart one with `hipchat-connect host`, or name another with --host.\n";
        return outcome::unreachable;
    } catch (const protocol_error& wrong) {
        std::cerr << "What answers at " << base_url << " is not a HipChat host: " << wrong.what()
                  << "\nName the host with --host.\n";
        return outcome::unreachable;
    } catch (const std::exception& failed) {
        std::cerr << failed.what() << '\n';
        return outcome::refused;
    }
}

}  // namespace

host_connection::host_connection(transport::io_loop& loop, std::string base_url, secret token)
    : base_url_(std::move(base_url)),
      token_(std::move(token)),
      client_(loop, only_the_host(base_url_), transport::http_client_options_from_environment()) {
}

task<json::value> host_connection::get(std::string path) {
    return send("GET", std::move(path), {});
}

task<json::value> host_connection::post(std::string path, const json::value& body) {
    return send("POST", std::move(path), json::serialize(body));
}

task<json::value> host_connection::remove(std::string path) {
    return send("DELETE", std::move(path), {});
}

task<json::value> host_connection::send(std::string method, std::string path, std::string body) {
    transport::http_call call;
    call.method = std::move(method);
    call.url = protocol::join_url(base_url_, path);
    call.headers.emplace_back("Accept", "application/json");
    if (!body.empty()) call.headers.emplace_back("Content-Type", "application/json");
    if (!token_.empty())
        call.headers.emplace_back("Authorization", "Bearer " + std::string(token_.reveal()));
    call.body = std::move(body);
    call.timeout = longest_answer;
    call.max_answer_bytes = largest_answer;
    const transport::http_answer answer = co_await client_.send(std::move(call));
    if (answer.status >= 400)
        throw api_error(answer.status, protocol::api_error_message(answer.body));
    if (answer.status >= 300)
        throw protocol_error("it answers with status " + std::to_string(answer.status));
    co_return parsed(answer);
}

std::string room_path(std::string_view room, std::string_view rest) {
    return "/api/rooms/" + protocol::percent_encode(room) + std::string(rest);
}

outcome run_with_host(const host_address& at,
                      std::function<task<outcome>(host_connection&)> command) {
    std::string base_url = at.url;
    try {
        while (base_url.ends_with('/'))
            base_url.pop_back();
        transport::io_loop loop;
        host_connection host(loop, base_url, read_token(at.token_file));
        outcome result = outcome::done;
        std::exception_ptr failure;
        const auto whole = [&]() -> task<> { result = co_await command(host); };
        const auto ended = [&](std::exception_ptr thrown) {
            failure = std::move(thrown);
            loop.stop();
        };
        loop.post([&] { spawn(whole(), ended); });
        loop.run();
        return failure ? outcome_of(failure, base_url) : result;
    } catch (const config_error& wrong) {
        std::cerr << wrong.what() << '\n';
        return outcome::usage;
    }
}

const json::value& member(const json::value& answer, std::string_view name) {
    const json::object* members = answer.if_object();
    const json::value* found = members != nullptr ? members->if_contains(name) : nullptr;
    if (found == nullptr) throw protocol_error(std::string(name), "is missing from its answer");
    return *found;
}

std::string text_member(const json::value& object, std::string_view name) {
    const json::object* members = object.if_object();
    const json::value* found = members != nullptr ? members->if_contains(name) : nullptr;
    const json::string* text = found != nullptr ? found->if_string() : nullptr;
    return text != nullptr ? std::string(*text) : std::string();
}

const json::array& array_member(const json::value& answer, std::string_view name) {
    const json::array* array = member(answer, name).if_array();
    if (array == nullptr) throw protocol_error(std::string(name), "is not an array in its answer");
    return *array;
}

std::int64_t number_member(const json::value& answer, std::string_view name) {
    const std::int64_t* number = member(answer, name).if_int64();
    if (number == nullptr) throw protocol_error(std::string(name), "is no number in its answer");
    return *number;
}

}  // namespace hipchat::tools

#include "addon/rest/call.hpp"

#include <algorithm>
#include <charconv>

#include "addon/rest/client.hpp"
#include "hipchat/errors.hpp"
#include "protocol/limits.hpp"
#include "protocol/url.hpp"

namespace hipchat::rest {
namespace {

constexpr std::size_t longest_room_name = 100;
constexpr std::size_t longest_segment = 1000;
constexpr std::size_t most_list_bytes = std::size_t{32} * 1024 * 1024;
constexpr std::string_view page_size = "100";

void append_query(std::string& path, std::string_view name, std::string_view value) {
    path += path.find('?') == std::string::npos ? '?' : '&';
    path.append(name).append("=").append(protocol::percent_encode(value));
}

task<transport::http_answer> make(core_ptr core, rest_request request) {
    request.policy = core->policy;
    request.user_token = request.user_token.empty() ? core->user_token : request.user_token;
    if (request.user_token.empty()) request.user_id = core->user_id;
    if (request.method == "GET" && !core->expand.empty())
        append_query(request.path, "expand", core->expand);
    return core->rest.send(core->tenant, std::move(request));
}

[[noreturn]] void throw_wrong_status(const std::string& call, int status) {
    throw protocol_error("", call + " was answered " + std::to_string(status)
                                 + ", which it never should; check what runs at that address");
}

std::string words_for(const rest_request& request) {
    return request.method + " " + (request.shown_path.empty() ? request.path : request.shown_path);
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string segment(const std::string& what, std::string_view text) {
    protocol::check_text(what, text, 1, longest_segment);
    // Percent-encoding does not hide these from whoever resolves a path.
    if (text == "." || text == "..")
        throw config_error(what + " is '" + std::string(text)
                           + "', which no path can name; use its id");
    return protocol::percent_encode(text);
}

std::string segment(const room_ref& which) {
    if (const auto* id = std::get_if<std::int64_t>(&which.value())) return std::to_string(*id);
    const auto& name = std::get<std::string>(which.value());
    protocol::check_text("room", name, 1, longest_room_name);
    return segment("room", name);
}

std::string segment(const user_ref& which) {
    if (const auto* id = std::get_if<std::int64_t>(&which.value())) return std::to_string(*id);
    return segment("user", std::get<std::string>(which.value()));
}

std::string query(std::initializer_list<std::pair<std::string_view, std::string>> pairs) {
    std::string text;
    for (const auto& [name, value] : pairs)
        if (!value.empty()) append_query(text, name, value);
    return text;
}

rest_request ask(std::string method, std::string path, std::vector<scope> any_of) {
    rest_request request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.any_of = std::move(any_of);
    return request;
}

rest_request ask(std::string method, std::string path, std::vector<scope> any_of,
                 const json::object& body) {
    rest_request request = ask(std::move(method), std::move(path), std::move(any_of));
    request.content_type = "application/json";
    request.body = json::serialize(body);
    return request;
}

rest_request ask_in(const room_ref& which, std::string method, const std::string& path,
                    std::vector<scope> any_of) {
    rest_request request =
        ask(std::move(method), "room/" + segment(which) + path, std::move(any_of));
    if (const auto* id = std::get_if<std::int64_t>(&which.value())) request.room = *id;
    return request;
}

rest_request ask_in(const room_ref& which, std::string method, const std::string& path,
                    std::vector<scope> any_of, const json::object& body) {
    rest_request request = ask_in(which, std::move(method), path, std::move(any_of));
    request.content_type = "application/json";
    request.body = json::serialize(body);
    return request;
}

task<> perform(core_ptr core, rest_request request) {
    const std::string call = words_for(request);
    task<transport::http_answer> calling = make(std::move(core), std::move(request));
    const transport::http_answer answer = co_await calling;
    if (answer.status >= 300) throw_wrong_status(call, answer.status);
}

task<json::value> fetch(core_ptr core, rest_request request) {
    const std::string call = words_for(request);
    task<transport::http_answer> calling = make(std::move(core), std::move(request));
    const transport::http_answer answer = co_await calling;
    if (answer.status >= 300) throw_wrong_status(call, answer.status);
    try {
        co_return protocol::parse_strict_object(answer.body);
    } catch (const protocol_error& wrong) {
        throw protocol_error(wrong.field(), "the answer to " + call + " is wrong: " + wrong.what());
    }
}

task<std::string> locate(core_ptr core, rest_request request) {
    const std::string call = words_for(request);
    task<transport::http_answer> calling = make(std::move(core), std::move(request));
    const transport::http_answer answer = co_await calling;
    if (answer.status == 204) co_return std::string();
    const std::string_view place = answer.header_value("Location");
    if (answer.status < 300 || place.empty()) throw_wrong_status(call, answer.status);
    co_return std::string(place);
}

std::optional<std::int64_t> next_start(const protocol::members& answer, std::int64_t start,
                                       std::size_t items) {
    const auto links = answer.inner("links");
    const auto next = links ? links->text("next") : std::nullopt;
    if (!next) return std::nullopt;
    // The link itself is not followed: the token goes to the tenant's API and nowhere else.
    const std::size_t question = std::min(next->find('?'), next->size());
    const auto named = protocol::form_value(
        std::string_view(*next).substr(std::min(question + 1, next->size())), "start-index");
    std::optional<std::int64_t> index = named ? number_of(*named) : std::nullopt;
    if (!index) {
        const std::int64_t size = answer.id("maxResults").value_or(0);
        index = start + (size > 0 ? size : static_cast<std::int64_t>(items));
    }
    if (*index <= start)
        throw protocol_error("links.next", "leads back to element " + std::to_string(*index)
                                               + "; the list would never end");
    return index;
}

rest_request page_request(rest_request list, std::int64_t start) {
    append_query(list.path, "start-index", std::to_string(start));
    append_query(list.path, "max-results", page_size);
    list.max_answer_bytes = most_list_bytes;
    return list;
}

}  // namespace hipchat::rest

#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "addon/rest/request.hpp"
#include "addon/rest/rest_core.hpp"
#include "hipchat/json.hpp"
#include "hipchat/rest/client.hpp"
#include "hipchat/rest/paged.hpp"
#include "hipchat/task.hpp"
#include "protocol/members.hpp"

// What the files of the resources share: how a call is written, made, and its answer read.

namespace hipchat::rest {

using addons::rest_request;
using core_ptr = std::shared_ptr<const detail::rest_core>;

/// A room or user as one segment of a path. Throws config_error naming it if it cannot be one.
std::string segment(const room_ref& which);
std::string segment(const user_ref& which);
/// Any other text as one segment.
/// @param what names it in the error
std::string segment(const std::string& what, std::string_view text);

/// "?a=1&b=two%20words", of pairs whose value is not empty.
std::string query(std::initializer_list<std::pair<std::string_view, std::string>> pairs);

/// A call without a body.
rest_request ask(std::string method, std::string path, std::vector<scope> any_of);
/// A call with a JSON body.
rest_request ask(std::string method, std::string path, std::vector<scope> any_of,
                 const json::object& body);
/// The same, about that room: `path` follows "room/{which}".
rest_request ask_in(const room_ref& which, std::string method, const std::string& path,
                    std::vector<scope> any_of);
rest_request ask_in(const room_ref& which, std::string method, const std::string& path,
                    std::vector<scope> any_of, const json::object& body);

/// Makes the call; what the answer holds does not matter.
task<> perform(core_ptr core, rest_request request);
/// Makes the call and gives the JSON object that it is answered with, expanded as the client says.
task<json::value> fetch(core_ptr core, rest_request request);
/// Makes the call and gives the place that it is redirected to; empty if there is nothing.
task<std::string> locate(core_ptr core, rest_request request);

/// The same, read by `Read`: a function from members to the answer's type.
template <auto Read>
auto fetch_as(core_ptr core, rest_request request)
    -> task<decltype(Read(std::declval<const protocol::members&>()))> {
    task<json::value> fetching = fetch(std::move(core), std::move(request));
    const json::value answer = co_await fetching;
    co_return Read(protocol::members(answer.get_object(), ""));
}

/// Where the page after `answer` starts; absent if it is the last. Throws protocol_error if the
/// answer leads nowhere.
std::optional<std::int64_t> next_start(const protocol::members& answer, std::int64_t start,
                                       std::size_t items);

/// The request of one page of a list.
rest_request page_request(rest_request list, std::int64_t start);

template <auto Read, class T>
task<page<T>> fetch_page(core_ptr core, rest_request request, std::int64_t start) {
    task<json::value> fetching = fetch(std::move(core), page_request(std::move(request), start));
    const json::value answer = co_await fetching;
    const protocol::members list(answer.get_object(), "");
    page<T> made;
    for (const protocol::members& item : list.list("items"))
        made.items.push_back(Read(item));
    made.next = next_start(list, start, made.items.size());
    co_return made;
}

/// A list, read element by element by `Read`.
template <auto Read>
auto list_of(core_ptr core, rest_request request) {
    using element = decltype(Read(std::declval<const protocol::members&>()));
    return paged<element>(
        [core = std::move(core), request = std::move(request)](std::int64_t start) {
            return fetch_page<Read, element>(core, request, start);
        });
}

}  // namespace hipchat::rest

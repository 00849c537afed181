#include "addon/glances/glance_endpoint.hpp"

#include "addon/failures/error_boundary.hpp"
#include "protocol/glance.hpp"

namespace hipchat::addons {
glance_endpoint::glance_endpoint(const detail::glance_source& source, const access& to,
                                 const cors_rule& readers)
    : source_(source), to_(to), readers_(readers) {
}

answer glance_endpoint::serve(const signed_request& who, const inbound& request) const {
    auto query = std::make_shared<const detail::query_core>(detail::query_core{
        to_, who.tenant(), who.claims().room_id, who.claims().user_id, request.id()});
    return answer_with(std::move(query), request);
}

task<reply> glance_endpoint::answer_with(std::shared_ptr<const detail::query_core> query,
                                         const inbound& request) const {
    task<reply> asking = ask(query);
    reply made = co_await asking;
    // A failure is readable as well: the client then shows its retry link, not a riddle.
    readers_.apply(made, request, *query->tenant);
    co_return made;
}

task<reply> glance_endpoint::ask(std::shared_ptr<const detail::query_core> query) const {
    std::exception_ptr failure;
    try {
        auto handling = source_.handler.call(query);
        const std::optional<glance> shown = co_await handling;
        reply made;
        made.status = 200;
        made.content_type = "application/json";
        made.body = json::serialize(protocol::write_glance(shown.value()));
        made.headers.emplace_back("Cache-Control", "no-store");
        co_return made;
    } catch (...) {
        failure = std::current_exception();
    }
    to_.failures.report("glance " + source_.key, tenant(to_, query->tenant), query->request,
                        failure);
    co_return reply::refused(500, "The add-on failed to answer.\n");
}

}  // namespace hipchat::addons

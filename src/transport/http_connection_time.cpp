// What each phase of a connection may take.

#include <algorithm>
#include <boost/asio/error.hpp>
#include <chrono>

#include "transport/conversation.hpp"
#include "transport/http_connection.hpp"

namespace hipchat::transport {
namespace {

using boost::system::error_code;
using std::chrono::milliseconds;

// For how long what a refused peer still sends is read and dropped.
constexpr milliseconds linger_time{1000};
// What a peer that has begun a request is given to end it once the server drains.
constexpr milliseconds drain_time{1000};

}  // namespace

void http_connection::enter(phase entered) {
    phase_ = entered;
    timed_out_ = false;
    const http_server_options& options = server_->options;
    switch (entered) {
        case phase::idle:
            deadline_ = server_->deadline(options.idle_time);
            break;
        case phase::head:
            deadline_ = server_->deadline(options.header_time);
            break;
        case phase::body:
            deadline_ = server_->deadline(options.body_time);
            break;
        case phase::writing:
            deadline_ = server_->deadline(options.write_time);
            break;
        case phase::lingering:
            deadline_ = server_->deadline(linger_time);
            break;
        case phase::handling:
        case phase::talking:
            deadline_ = steady_time::max();
            break;
    }
    const bool reading = entered == phase::head || entered == phase::body;
    if (reading && server_->draining()) deadline_ = server_->deadline(drain_time);
}

void http_connection::check_deadline() {
    if (server_->now() < deadline_) return;
    deadline_ = steady_time::max();
    timed_out_ = true;
    error_code ignored;
    socket_.cancel(ignored);
}

void http_connection::drain() {
    if (talking_) {
        talking_->go_away();
        return;
    }
    if (phase_ == phase::head || phase_ == phase::body)
        deadline_ = std::min(deadline_, server_->deadline(drain_time));
    if (phase_ != phase::idle) return;
    // One last look, by the coroutine: a request may have arrived that has not been read yet.
    begin_request();
    error_code ignored;
    socket_.cancel(ignored);
}

// Called when the reader wants more: chooses the limit that counts now, once a phase.
void http_connection::await_more() {
    const phase next = !reader_.begun()          ? phase::idle
                       : reader_.head_complete() ? phase::body
                                                 : phase::head;
    if (next != phase_) enter(next);
    if (next != phase::idle) begin_request();
}

}  // namespace hipchat::transport

#include "transport/curl_sockets.hpp"

#include <fcntl.h>

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <new>
#include <utility>

#include "transport/asio_context.hpp"

namespace hipchat::transport {

using boost::system::error_code;

// One socket of curl's, watched through a duplicate of its descriptor: curl closes its own when it
// likes, and neither side can close or watch what is the other's.
struct curl_sockets::watch : std::enable_shared_from_this<watch> {
    watch(curl_sockets& its_owner, curl_socket_t its_socket)
        : owner(&its_owner),
          socket(its_socket),
          descriptor(its_owner.loop_.asio().io.get_executor(),
                     fcntl(its_socket, F_DUPFD_CLOEXEC, 0)) {}

    void arm();
    void disarm() {
        owner = nullptr;
        error_code ignored;
        descriptor.close(ignored);
    }

    curl_sockets* owner;  // null once curl has lost its interest
    curl_socket_t socket;
    asio::posix::basic_stream_descriptor<executor> descriptor;
    int wanted = 0;  // CURL_POLL_IN and CURL_POLL_OUT
    int armed = 0;   // the same bits: waits under way
};

struct curl_sockets::ready {
    std::shared_ptr<watch> watched;
    int direction;

    void operator()(error_code failed) const {
        watched->armed &= ~direction;
        if (watched->owner == nullptr) return;
        if ((watched->wanted & direction) != 0) {
            const int event = direction == CURL_POLL_IN ? CURL_CSELECT_IN : CURL_CSELECT_OUT;
            watched->owner->act(watched->socket, failed ? CURL_CSELECT_ERR : event);
        }
        if (watched->owner != nullptr) watched->arm();
    }
};

void curl_sockets::watch::arm() {
    const int missing = wanted & ~armed;
    armed |= missing;
    if ((missing & CURL_POLL_IN) != 0)
        descriptor.async_wait(asio::posix::descriptor_base::wait_read,
                              ready{shared_from_this(), CURL_POLL_IN});
    if ((missing & CURL_POLL_OUT) != 0)
        descriptor.async_wait(asio::posix::descriptor_base::wait_write,
                              ready{shared_from_this(), CURL_POLL_OUT});
}

curl_sockets::curl_sockets(io_loop& loop, std::function<void(CURL*, CURLcode)> done)
    : loop_(loop), done_(std::move(done)) {
    static const CURLcode ready_once = curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = ready_once == CURLE_OK ? curl_multi_init() : nullptr;
    if (multi_ == nullptr) throw std::bad_alloc();
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &curl_sockets::socket_wanted);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &curl_sockets::timer_wanted);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

curl_sockets::~curl_sockets() {
    curl_multi_cleanup(multi_);
    for (const auto& [socket, watched] : watches_)
        watched->disarm();
    if (timer_ != 0) loop_.cancel(timer_);
}

int curl_sockets::socket_wanted(CURL*, curl_socket_t socket, int what, void* self, void*) {
    static_cast<curl_sockets*>(self)->want(socket, what);
    return 0;
}

int curl_sockets::timer_wanted(CURLM*, long milliseconds, void* self) {
    static_cast<curl_sockets*>(self)->set_timer(milliseconds);
    return 0;
}

void curl_sockets::want(curl_socket_t socket, int what) {
    const auto found = watches_.find(socket);
    if (what == CURL_POLL_REMOVE) {
        if (found == watches_.end()) return;
        found->second->disarm();
        watches_.erase(found);
        return;
    }
    if (found == watches_.end()) {
        const auto added = std::make_shared<watch>(*this, socket);
        added->wanted = what;
        watches_.emplace(socket, added);
        added->arm();
    } else {
        found->second->wanted = what;
        found->second->arm();
    }
}

void curl_sockets::set_timer(long milliseconds) {
    if (timer_ != 0) loop_.cancel(std::exchange(timer_, 0));
    if (milliseconds < 0) return;
    timer_ = loop_.call_after(std::chrono::milliseconds(milliseconds), [this] {
        timer_ = 0;
        act(CURL_SOCKET_TIMEOUT, 0);
    });
}

void curl_sockets::act(curl_socket_t socket, int events) {
    int running = 0;
    curl_multi_socket_action(multi_, socket, events, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left))
        if (message->msg == CURLMSG_DONE) done_(message->easy_handle, message->data.result);
}

}  // namespace hipchat::transport

#pragma once

#include <curl/curl.h>

#include <array>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "hipchat/errors.hpp"
#include "protocol/url.hpp"
#include "transport/http_client.hpp"

namespace hipchat::transport {

/// One call under way: a curl easy handle, told what to do, and what has come of it. The handle is
/// borrowed. Loop thread only.
class curl_transfer {
public:
    /// Sets all options of `easy`, which is new or reset. Throws transport_error if `call` cannot
    /// be said in HTTP.
    /// @param url    of `call`, taken apart
    /// @param direct not through the proxy
    curl_transfer(CURL* easy, http_call call, const protocol::web_url& url, bool direct,
                  const destination_policy& policy, const http_client_options& options);
    curl_transfer(const curl_transfer&) = delete;
    curl_transfer& operator=(const curl_transfer&) = delete;
    ~curl_transfer();

    /// The transfer has ended so; `easy` may be reset after this. resume() is due.
    void finish(CURLcode result);
    /// It will never end by itself: the client goes away.
    void give_up();
    /// Continues who waits.
    void resume();

    /// Waits for the end; then the answer, or throws transport_error.
    class ended;

private:
    struct list_deleter {
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };
    struct headers_deleter {
        void operator()(curl_slist* list) const noexcept;
    };

    static std::size_t body_came(char* data, std::size_t, std::size_t count, void* self);
    static std::size_t header_came(char* data, std::size_t, std::size_t count, void* self);
    static curl_socket_t socket_needed(void* self, curlsocktype purpose, curl_sockaddr* address);

    template <class Value>
    void set(CURLoption option, Value value);
    void set_route(const http_client_options& options);
    void set_tls(const http_client_options& options, const protocol::web_url& url);
    void pin_name(const std::string& name, const protocol::web_url& url);
    void set_request();
    void add_header(const std::string& line);
    bool take_body(const char* data, std::size_t count);
    bool take_header(std::string_view line);
    std::string words_of(CURLcode result) const;
    transport_error failure_of(CURLcode result) const;

    CURL* easy_;
    http_call call_;
    const std::string origin_;
    const std::string url_;
    const bool direct_;
    const destination_policy& policy_;
    std::unique_ptr<curl_slist, headers_deleter> headers_;
    std::string pinned_url_;  // instead of url_, if a name is pinned
    std::unique_ptr<curl_slist, list_deleter> connect_to_;
    std::array<char, CURL_ERROR_SIZE> words_{};
    http_answer answer_;
    std::size_t header_bytes_ = 0;
    bool head_complete_ = false;
    bool too_large_ = false;
    bool permitted_ = false;  // some address was
    std::string refused_;     // the last address that was not
    std::optional<transport_error> failure_;
    bool ended_ = false;
    std::coroutine_handle<> waiting_;
};

class curl_transfer::ended {
public:
    explicit ended(curl_transfer& transfer) : transfer_(transfer) {}
    bool await_ready() const noexcept { return transfer_.ended_; }
    void await_suspend(std::coroutine_handle<> awaiter) { transfer_.waiting_ = awaiter; }
    http_answer await_resume() {
        if (transfer_.failure_) throw transport_error(*transfer_.failure_);
        return std::move(transfer_.answer_);
    }

private:
    curl_transfer& transfer_;
};

}  // namespace hipchat::transport

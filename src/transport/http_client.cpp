#include "transport/http_client.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <unordered_map>
#include <utility>

#include "protocol/url.hpp"
#include "transport/curl_sockets.hpp"
#include "transport/curl_transfer.hpp"
#include "transport/text.hpp"

namespace hipchat::transport {
namespace {

using reason = transport_error::reason;

constexpr std::size_t kept_handles = 32;

// "example.com" and ".example.com" both mean the name and everything below it; "*" means all.
bool is_excepted(std::string_view host, std::string_view names) {
    while (!names.empty()) {
        std::string_view name = next_element(names);
        if (name == "*") return true;
        if (name.starts_with('.')) name.remove_prefix(1);
        if (name.empty() || name.size() > host.size()) continue;
        const std::string_view end = host.substr(host.size() - name.size());
        const bool whole = end.size() == host.size() || host[host.size() - end.size() - 1] == '.';
        if (whole && same_word(end, name)) return true;
    }
    return false;
}

std::string first_set(std::initializer_list<const char*> names) {
    for (const char* name : names) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') return value;
    }
    return {};
}

struct easy_deleter {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};
using easy_handle = std::unique_ptr<CURL, easy_deleter>;

}  // namespace

std::string_view http_answer::header_value(std::string_view name) const noexcept {
    for (const auto& [each, value] : headers)
        if (same_word(each, name)) return value;
    return {};
}

class http_client::impl {
public:
    impl(io_loop& loop, destination_policy its_policy, http_client_options options)
        : policy(std::move(its_policy)),
          loop_(loop),
          options_(std::move(options)),
          sockets_(loop, [this](CURL* easy, CURLcode result) { ended(easy, result); }) {
        curl_multi_setopt(sockets_.multi(), CURLMOPT_MAX_HOST_CONNECTIONS,
                          static_cast<long>(options_.max_connections_per_host));
    }
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;
    ~impl();

    std::shared_ptr<curl_transfer> begin(http_call call);

    const destination_policy policy;

private:
    struct active {
        easy_handle easy;
        std::shared_ptr<curl_transfer> transfer;
    };

    bool goes_direct(const protocol::web_url& url) const {
        return options_.proxy.empty() || protocol::is_loopback_name(url.host)
               || is_excepted(url.host, options_.no_proxy);
    }
    easy_handle take_handle();
    void ended(CURL* easy, CURLcode result);
    void resume_later(std::shared_ptr<curl_transfer> transfer) {
        loop_.post([transfer = std::move(transfer)] { transfer->resume(); });
    }

    io_loop& loop_;
    http_client_options options_;
    curl_sockets sockets_;
    std::unordered_map<CURL*, active> active_;
    std::vector<easy_handle> idle_;
};

http_client::impl::~impl() {
    for (auto& [easy, each] : active_) {
        curl_multi_remove_handle(sockets_.multi(), easy);
        each.transfer->give_up();
        resume_later(each.transfer);
    }
}

easy_handle http_client::impl::take_handle() {
    easy_handle easy;
    if (idle_.empty()) {
        easy.reset(curl_easy_init());
        if (!easy) throw std::bad_alloc();
    } else {
        easy = std::move(idle_.back());
        idle_.pop_back();
    }
    return easy;
}

std::shared_ptr<curl_transfer> http_client::impl::begin(http_call call) {
    const auto url = protocol::parse_web_url(call.url);
    const bool direct = !url || goes_direct(*url);
    if (const auto refused = policy.refusal(call.url, !direct))
        throw transport_error(reason::refused_destination, *refused);
    easy_handle easy = take_handle();
    CURL* handle = easy.get();
    auto transfer =
        std::make_shared<curl_transfer>(handle, std::move(call), *url, direct, policy, options_);
    active_.emplace(handle, active{std::move(easy), transfer});
    const CURLMcode added = curl_multi_add_handle(sockets_.multi(), handle);
    if (added != CURLM_OK) {
        active_.erase(handle);
        throw transport_error(reason::broken, url->origin() + ": nothing was sent, because libcurl "
                                                  "says: " + curl_multi_strerror(added));
    }
    return transfer;
}

// The waiting coroutine goes on a turn later: it may do anything, even destroy this client.
void http_client::impl::ended(CURL* easy, CURLcode result) {
    const auto found = active_.find(easy);
    if (found == active_.end()) return;
    active done = std::move(found->second);
    active_.erase(found);
    done.transfer->finish(result);
    curl_multi_remove_handle(sockets_.multi(), easy);
    curl_easy_reset(easy);
    if (idle_.size() < kept_handles) idle_.push_back(std::move(done.easy));
    resume_later(std::move(done.transfer));
}

http_client::http_client(io_loop& loop, destination_policy policy, http_client_options options)
    : impl_(std::make_unique<impl>(loop, std::move(policy), std::move(options))) {
}

http_client::~http_client() = default;

task<http_answer> http_client::send(http_call call) {
    const std::shared_ptr<curl_transfer> transfer = impl_->begin(std::move(call));
    curl_transfer::ended answered(*transfer);
    co_return co_await answered;
}

const destination_policy& http_client::policy() const noexcept {
    return impl_->policy;
}

http_client_options http_client_options_from_environment() {
    // HTTP_PROXY in capitals is not looked at: a CGI request could set it.
    http_client_options options;
    options.proxy = first_set({"https_proxy", "HTTPS_PROXY", "http_proxy"});
    options.no_proxy = first_set({"no_proxy", "NO_PROXY"});
    options.ca_bundle = first_set({"CURL_CA_BUNDLE", "SSL_CERT_FILE"});
    return options;
}

}  // namespace hipchat::transport

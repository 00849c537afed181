#include "transport/curl_transfer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "hipchat/version.hpp"
#include "transport/text.hpp"

namespace hipchat::transport {
namespace {

using reason = transport_error::reason;

constexpr std::size_t most_header_bytes = std::size_t{64} * 1024;

std::string numeric_address(const sockaddr& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = nullptr;
    if (address.sa_family == AF_INET)
        bytes = &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
    else if (address.sa_family == AF_INET6)
        bytes = &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    if (bytes == nullptr
        || inet_ntop(address.sa_family, bytes, text.data(), text.size()) == nullptr)
        return {};
    return text.data();
}

bool is_tls(CURLcode result) {
    switch (result) {
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CRL_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_SSL_ENGINE_INITFAILED:
        case CURLE_USE_SSL_FAILED:
            return true;
        default:
            return false;
    }
}

bool is_unconnected(CURLcode result) {
    return result == CURLE_COULDNT_CONNECT || result == CURLE_COULDNT_RESOLVE_HOST
           || result == CURLE_COULDNT_RESOLVE_PROXY || result == CURLE_PROXY;
}

bool is_sayable(const http_call& call) {
    if (!is_token(call.method) || !is_header_value(call.authorization.reveal())) return false;
    return std::ranges::all_of(call.headers, [](const auto& each) {
        return is_token(each.first) && is_header_value(each.second);
    });
}

bool names(const http_call& call, std::string_view header) {
    return std::ranges::any_of(call.headers,
                               [&](const auto& each) { return same_word(each.first, header); });
}

}  // namespace

// Wiped, because one of them is a credential.
void curl_transfer::headers_deleter::operator()(curl_slist* list) const noexcept {
    for (const curl_slist* each = list; each != nullptr; each = each->next)
        explicit_bzero(each->data, std::strlen(each->data));
    curl_slist_free_all(list);
}

curl_transfer::curl_transfer(CURL* easy, http_call call, const protocol::web_url& url, bool direct,
                             const destination_policy& policy, const http_client_options& options)
    : easy_(easy),
      call_(std::move(call)),
      origin_(url.origin()),
      url_(origin_ + url.path + (url.query.empty() ? "" : "?" + url.query)),
      direct_(direct),
      policy_(policy) {
    if (!is_sayable(call_))
        throw transport_error(reason::broken,
                              origin_ + ": the method or a header holds characters that HTTP does "
                                        "not allow there; nothing was sent; leave line breaks out");
    set_route(options);
    if (url.scheme == "https") set_tls(options, url);
    set_request();
}

curl_transfer::~curl_transfer() = default;

template <class Value>
void curl_transfer::set(CURLoption option, Value value) {
    const CURLcode result = curl_easy_setopt(easy_, option, value);
    if (result != CURLE_OK)
        throw transport_error(reason::broken, origin_ + ": nothing was sent, because libcurl says: "
                                                  + curl_easy_strerror(result));
}

// Where the call goes, how, and who watches over that.
void curl_transfer::set_route(const http_client_options& options) {
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    set(CURLOPT_ERRORBUFFER, words_.data());
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
#if LIBCURL_VERSION_NUM >= 0x075500
    set(CURLOPT_PROTOCOLS_STR, "http,https");
#else
    set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_PROXY, direct_ ? "" : options.proxy.c_str());
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_OPENSOCKETFUNCTION, &curl_transfer::socket_needed);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!options.ca_bundle.empty()) set(CURLOPT_CAINFO, options.ca_bundle.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    const long limit = std::max(1L, static_cast<long>(call_.timeout.count()));
    set(CURLOPT_TIMEOUT_MS, limit);
    set(CURLOPT_CONNECTTIMEOUT_MS, limit);
    const std::string default_agent = "hipchat-connect/" HIPCHAT_VERSION;
    set(CURLOPT_USERAGENT,
        options.user_agent.empty() ? default_agent.c_str() : options.user_agent.c_str());
}

void curl_transfer::set_tls(const http_client_options& options, const protocol::web_url& url) {
    const auto special = std::ranges::find(options.tls, url.host, &host_tls::host);
    if (special == options.tls.end()) return;
    if (!special->ca_file.empty()) set(CURLOPT_CAINFO, special->ca_file.c_str());
    if (!special->client_certificate.empty()) {
        set(CURLOPT_SSLCERT, special->client_certificate.c_str());
        set(CURLOPT_SSLKEY, special->client_key.empty() ? special->client_certificate.c_str()
                                                        : special->client_key.c_str());
    }
    if (!special->pinned_name.empty()) pin_name(special->pinned_name, url);
}

// curl compares the certificate with the name in the URL, so the URL gets that name; the connection
// and the Host header stay those of the call.
void curl_transfer::pin_name(const std::string& name, const protocol::web_url& url) {
    const std::string port = std::to_string(url.port);
    const std::string host =
        url.host.find(':') == std::string::npos ? url.host : '[' + url.host + ']';
    pinned_url_ = "https://" + name + ':' + port + url_.substr(origin_.size());
    connect_to_.reset(
        curl_slist_append(nullptr, (name + ':' + port + ':' + host + ':' + port).c_str()));
    if (!connect_to_) throw std::bad_alloc();
    set(CURLOPT_CONNECT_TO, connect_to_.get());
    set(CURLOPT_URL, pinned_url_.c_str());
    if (!names(call_, "Host"))
        call_.headers.emplace_back("Host", origin_.substr(std::string_view("https://").size()));
}

void curl_transfer::set_request() {
    set(CURLOPT_WRITEFUNCTION, &curl_transfer::body_came);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &curl_transfer::header_came);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_ACCEPT_ENCODING, "");
    if (call_.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else if (!call_.body.empty() || call_.method == "POST" || call_.method == "PUT"
               || call_.method == "PATCH") {
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call_.body.size()));
        set(CURLOPT_POSTFIELDS, call_.body.c_str());
        set(CURLOPT_CUSTOMREQUEST, call_.method.c_str());
        // What curl would add by itself.
        add_header("Expect:");
        if (!names(call_, "Content-Type")) add_header("Content-Type:");
    } else {
        set(CURLOPT_HTTPGET, 1L);
        set(CURLOPT_CUSTOMREQUEST, call_.method.c_str());
    }
    for (const auto& [name, value] : call_.headers) {
        std::string line = name;
        line.append(value.empty() ? ";" : ": ").append(value);
        add_header(line);
    }
    if (!call_.authorization.empty()) {
        std::string line = "Authorization: ";
        line += call_.authorization.reveal();
        add_header(line);
        explicit_bzero(line.data(), line.size());
    }
    set(CURLOPT_HTTPHEADER, headers_.get());
}

void curl_transfer::add_header(const std::string& line) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    if (!headers_) headers_.reset(longer);  // else the list is the same, and ours already
}

std::size_t curl_transfer::body_came(char* data, std::size_t, std::size_t count, void* self) {
    return static_cast<curl_transfer*>(self)->take_body(data, count) ? count : 0;
}

std::size_t curl_transfer::header_came(char* data, std::size_t, std::size_t count, void* self) {
    return static_cast<curl_transfer*>(self)->take_header({data, count}) ? count : 0;
}

// Counted as it comes out of the decompression.
bool curl_transfer::take_body(const char* data, std::size_t count) {
    too_large_ = count > call_.max_answer_bytes - answer_.body.size();
    if (!too_large_) answer_.body.append(data, count);
    return !too_large_;
}

bool curl_transfer::take_header(std::string_view line) {
    header_bytes_ += line.size();
    too_large_ = header_bytes_ > most_header_bytes;
    if (too_large_) return false;
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {
        // The interim answers before the one that counts are forgotten.
        answer_.headers.clear();
        head_complete_ = false;
        return true;
    }
    if (line.empty()) head_complete_ = true;
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
        answer_.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    return true;
}

// The second half of the policy: every connection passes here with the address it will really have.
curl_socket_t curl_transfer::socket_needed(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<curl_transfer*>(self);
    const std::string numeric = numeric_address(address->addr);
    if (transfer.direct_ && !transfer.policy_.admits_address(transfer.url_, numeric)) {
        transfer.refused_ = numeric.empty() ? "an address that is no IP address" : numeric;
        return CURL_SOCKET_BAD;
    }
    transfer.permitted_ = true;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string curl_transfer::words_of(CURLcode result) const {
    return words_.front() != '\0' ? words_.data() : curl_easy_strerror(result);
}

transport_error curl_transfer::failure_of(CURLcode result) const {
    if (!refused_.empty() && !permitted_)
        return {reason::refused_destination, origin_ + ": its address " + refused_
                                                 + " is not a permitted destination; list the host "
                                                   "if it should be"};
    if (too_large_)
        return {reason::too_large, origin_ + ": the answer is larger than "
                                       + std::to_string(call_.max_answer_bytes)
                                       + " bytes, or its headers than 65536; ask for less"};
    if (is_tls(result))
        return {reason::tls, origin_ + ": no trusted TLS connection: " + words_of(result)
                                 + "; check its certificate and the CA bundle"};
    long sent = 0;
    curl_easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &sent);
    const bool late = result == CURLE_OPERATION_TIMEDOUT;
    if (is_unconnected(result) || (late && sent == 0))
        return {reason::connect, origin_ + ": no connection was made: " + words_of(result)
                                     + "; check that it runs and can be reached from here"};
    if (late)
        return {reason::timeout, origin_ + ": no complete answer within "
                                     + std::to_string(call_.timeout.count())
                                     + " ms; try again later"};
    return {reason::broken, origin_ + ": the connection ended before a complete answer: "
                                + curl_easy_strerror(result) + "; try again later"};
}

void curl_transfer::finish(CURLcode result) {
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<int>(status);
    // curl takes a head that ends in the middle for an answer; it is none.
    if (result == CURLE_OK && (!head_complete_ || status < 200)) result = CURLE_RECV_ERROR;
    if (result != CURLE_OK) failure_.emplace(failure_of(result));
    ended_ = true;
}

void curl_transfer::give_up() {
    failure_.emplace(reason::broken, origin_ + ": the client was closed during the call");
    ended_ = true;
}

void curl_transfer::resume() {
    if (const auto waiting = std::exchange(waiting_, nullptr)) waiting.resume();
}

}  // namespace hipchat::transport

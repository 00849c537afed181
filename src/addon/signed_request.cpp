#include "addon/signed_request.hpp"

#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

bool has_scheme(std::string_view header, std::string_view scheme) {
    if (header.size() <= scheme.size() || header[scheme.size()] != ' ') return false;
    for (std::size_t i = 0; i < scheme.size(); ++i)
        if ((header[i] | 0x20) != (scheme[i] | 0x20)) return false;
    return true;
}

std::string_view authorization_token(std::string_view header) {
    if (!has_scheme(header, "JWT")) return {};
    header.remove_prefix(4);
    header.remove_prefix(std::min(header.find_first_not_of(' '), header.size()));
    if (header.starts_with("token=")) header.remove_prefix(6);
    return header;
}

}  // namespace

carried_token find_token(std::string_view authorization, std::string_view query,
                         std::string_view x_acpt, std::string_view form) {
    if (const auto token = authorization_token(authorization); !token.empty())
        return carried_token(token);
    if (auto token = protocol::form_value(query, "signed_request"); token && !token->empty())
        return carried_token(std::move(*token));
    if (!x_acpt.empty()) return carried_token(x_acpt);
    if (auto token = protocol::form_value(form, "signed_request"); token && !token->empty())
        return carried_token(std::move(*token));
    return {};
}

std::variant<signed_request, protocol::jwt_flaw> verify_signed_request(
    protocol::unverified_token token, std::shared_ptr<const storage::tenant> tenant,
    std::chrono::seconds now) {
    auto checked = protocol::verify(std::move(token), tenant->secret.reveal(), now, clock_leeway);
    if (const auto* flaw = std::get_if<protocol::jwt_flaw>(&checked)) return *flaw;
    return signed_request(std::move(tenant), std::get<protocol::jwt_claims>(std::move(checked)));
}

}  // namespace hipchat::addons

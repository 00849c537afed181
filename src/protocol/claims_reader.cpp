#include "protocol/claims_reader.hpp"

#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>
#include <forward_list>
#include <functional>
#include <string>
#include <utility>

#include "hipchat/json.hpp"
#include "protocol/id.hpp"

// {"iss": text, "sub"/"prn": text or number, "iat"/"exp"/"nbf": number, "jti": text,
//  "context": {"room_id": number or digits, "user_tz"/"tz": text}}

namespace hipchat::protocol {
namespace {

// The end of the year 9999: a date after it is a mistake, or an attack on arithmetic.
constexpr std::int64_t latest_date = 253'402'300'799;
constexpr std::size_t most_members = 64;
constexpr std::size_t deepest = 32;

enum class claim { unknown, iss, sub, prn, iat, exp, nbf, jti, context, room_id, user_tz, tz };

claim claim_named(std::string_view name) {
    if (name == "iss") return claim::iss;
    if (name == "sub") return claim::sub;
    if (name == "prn") return claim::prn;
    if (name == "iat") return claim::iat;
    if (name == "exp") return claim::exp;
    if (name == "nbf") return claim::nbf;
    if (name == "jti") return claim::jti;
    if (name == "context") return claim::context;
    return claim::unknown;
}

claim context_claim_named(std::string_view name) {
    if (name == "room_id") return claim::room_id;
    if (name == "user_tz") return claim::user_tz;
    if (name == "tz") return claim::tz;
    return claim::unknown;
}

// Refuses a repeated member of any object. Views must live as long as this.
class member_names {
public:
    void open() { objects_[depth_++] = ++opened_; }
    void close() { --depth_; }
    std::size_t depth() const noexcept { return depth_; }

    bool add(std::string_view name) {
        if (count_ == members_.size()) return false;
        const std::uint32_t object = objects_[depth_ - 1];
        // Most names are new, which one bit tells.
        const std::uint64_t bit = std::uint64_t{1} << (fold(name) % 64);
        if ((seen_ & bit) != 0)
            for (std::size_t i = 0; i < count_; ++i)
                if (members_[i].object == object && members_[i].name == name) return false;
        seen_ |= bit;
        members_[count_++] = {.object = object, .name = name};
        return true;
    }

private:
    static std::size_t fold(std::string_view name) noexcept {
        if (name.empty()) return 0;
        return name.size() * 7 + static_cast<unsigned char>(name.front())
               + std::size_t{3} * static_cast<unsigned char>(name.back());
    }

    struct member {
        std::uint32_t object = 0;
        std::string_view name = {};
    };

    std::array<member, most_members> members_;
    std::array<std::uint32_t, deepest + 1> objects_{};
    std::uint64_t seen_ = 0;
    std::size_t count_ = 0;
    std::size_t depth_ = 0;
    std::uint32_t opened_ = 0;
};

// Boost.JSON calls this as it reads; false anywhere ends the reading.
class claims_handler {
public:
    /// @param document what is read; must outlive this
    explicit claims_handler(std::string_view document) : document_(document) {}

    static constexpr std::size_t max_object_size = most_members;
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }

    bool on_object_begin(json::error_code& error) {
        if (levels_ == 1 && current_ == claim::context)
            context_level_ = 2;
        else if (levels_ > 0 && current_ != claim::unknown)
            return refuse(error);
        current_ = claim::unknown;
        ++levels_;
        names_.open();
        return true;
    }
    bool on_object_end(std::size_t, json::error_code&) {
        if (levels_ == context_level_) context_level_ = 0;
        --levels_;
        names_.close();
        return true;
    }
    bool on_array_begin(json::error_code& error) {
        if (levels_ == 0 || current_ != claim::unknown) return refuse(error);
        ++levels_;
        return true;
    }
    bool on_array_end(std::size_t, json::error_code&) {
        --levels_;
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        pieces_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view rest, std::size_t, json::error_code& error) {
        std::string_view name(rest.data(), rest.size());
        // A name with escapes lies in the parser's own memory, for the time of this call.
        if (!is_in_document(name)) name = unescaped_.emplace_front(joined(rest));
        if (!names_.add(name)) return refuse(error);
        current_ = claim::unknown;
        if (levels_ == 1) current_ = claim_named(name);
        if (levels_ == context_level_) current_ = context_claim_named(name);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        pieces_.append(part.data(), part.size());
        return true;
    }
    bool on_string(json::string_view rest, std::size_t, json::error_code& error) {
        if (pieces_.empty()) return done(text({rest.data(), rest.size()}), error);
        return done(text(joined(rest)), error);
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code& error) {
        return done(whole(number), error);
    }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code& error) {
        return done(current_ == claim::unknown, error);
    }
    bool on_double(double number, json::string_view, json::error_code& error) {
        return done(real(number), error);
    }
    bool on_bool(bool, json::error_code& error) { return done(current_ == claim::unknown, error); }
    bool on_null(json::error_code& error) { return done(!is_date(current_), error); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    std::optional<unverified_claims> take() {
        jwt_claims& claims = result_.claims;
        if (claims.issuer.empty()) return std::nullopt;
        if (claims.user_id.empty()) claims.user_id = std::move(older_user_);
        if (claims.user_tz.empty()) claims.user_tz = std::move(older_zone_);
        return std::move(result_);
    }

private:
    static bool refuse(json::error_code& error) {
        error = json::error::syntax;
        return false;
    }
    bool done(bool fits, json::error_code& error) {
        current_ = claim::unknown;
        return (fits && levels_ > 0) || refuse(error);
    }
    bool is_in_document(std::string_view text) const {
        const std::less<> before;
        return pieces_.empty() && !text.empty() && !before(text.data(), document_.data())
               && before(text.data(), document_.data() + document_.size());
    }
    std::string joined(json::string_view rest) {
        pieces_.append(rest.data(), rest.size());
        return std::exchange(pieces_, {});
    }
    static bool is_date(claim which) {
        return which == claim::iat || which == claim::exp || which == claim::nbf;
    }

    bool text(std::string_view value) {
        jwt_claims& claims = result_.claims;
        switch (current_) {
            case claim::unknown:
                return true;
            case claim::iss:
                claims.issuer = value;
                return true;
            case claim::sub:
                claims.user_id = value;
                return true;
            case claim::prn:
                older_user_ = value;
                return true;
            case claim::jti:
                claims.jti = value;
                return true;
            case claim::user_tz:
                claims.user_tz = value;
                return true;
            case claim::tz:
                older_zone_ = value;
                return true;
            case claim::room_id:
                claims.room_id = id_of(value);
                return claims.room_id.has_value();
            default:
                return false;
        }
    }
    bool whole(std::int64_t number) {
        if (is_date(current_)) return date(number);
        return id(id_of(number));
    }
    bool real(double number) {
        if (!is_date(current_)) return id(id_of(number));
        constexpr auto latest = static_cast<double>(latest_date);
        return number >= 0 && number <= latest && date(static_cast<std::int64_t>(number));
    }
    bool id(std::optional<std::int64_t> number) {
        if (current_ == claim::unknown) return true;
        if (!number) return false;
        switch (current_) {
            case claim::sub:
                result_.claims.user_id = std::to_string(*number);
                return true;
            case claim::prn:
                older_user_ = std::to_string(*number);
                return true;
            case claim::room_id:
                result_.claims.room_id = number;
                return true;
            default:
                return false;
        }
    }
    bool date(std::int64_t number) {
        if (number < 0 || number > latest_date) return false;
        const std::chrono::seconds seconds(number);
        if (current_ == claim::iat) result_.claims.issued_at = seconds;
        if (current_ == claim::exp) result_.claims.expires_at = seconds;
        if (current_ == claim::nbf) result_.not_before = seconds;
        return true;
    }

    std::string_view document_;
    unverified_claims result_;
    std::string older_user_;
    std::string older_zone_;
    member_names names_;
    std::string pieces_;                        // of a text that has escapes
    std::forward_list<std::string> unescaped_;  // names that had escapes
    std::size_t levels_ = 0;                    // open objects and arrays
    std::size_t context_level_ = 0;             // 2 while inside the context, else 0
    claim current_ = claim::unknown;            // whose value comes next
};

}  // namespace

std::optional<unverified_claims> read_claims(std::string_view json) {
    json::parse_options limits;
    limits.max_depth = deepest;
    json::basic_parser<claims_handler> parser(limits, json);
    json::error_code error;
    const std::size_t taken = parser.write_some(false, json.data(), json.size(), error);
    if (error || taken < json.size()) return std::nullopt;
    return parser.handler().take();
}

}  // namespace hipchat::protocol

#include "host/api/v2/history_query.hpp"

#include "host/api/fields.hpp"
#include "host/core/dates.hpp"
#include "protocol/date.hpp"

namespace hipchat::host {
namespace {

constexpr std::int64_t recent_count = 75;

// A date as messages have it. One without an offset is of the zone that the request names.
std::string date_in(const request& asked, const char* name, const std::string& text) {
    const auto when = protocol::read_date(text);
    if (!when)
        refuse_field(name, "format", json::string(text),
                     "must be an ISO 8601 date, for example 2016-09-09T08:23:02+00:00");
    const auto zone = asked.parameter("timezone").value_or("UTC");
    const bool has_offset = text.ends_with('Z') || text.find('+') != std::string::npos
                            || text.rfind('-') > text.find('T');
    if (!has_offset && zone != "UTC" && zone != "Etc/UTC")
        refuse_field(name, "format", json::string(text),
                     "must have an offset when the time zone is not UTC, for example +02:00");
    return write_date(std::chrono::floor<std::chrono::microseconds>(*when));
}

}  // namespace

history_query read_history_query(const request& asked) {
    history_query query;
    const std::string date = asked.parameter("date").value_or("recent");
    query.is_recent = date == "recent";
    query.wanted = page_of(asked, query.is_recent ? recent_count : 100);
    if (!query.is_recent) query.part.latest = date_in(asked, "date", date);
    if (const auto earliest = asked.parameter("end-date"); earliest && *earliest != "null")
        query.part.earliest = date_in(asked, "end-date", *earliest);
    query.part.start = query.wanted.start;
    query.part.most = query.wanted.most + 1;
    query.part.include_deleted = asked.parameter("include_deleted") == "true";
    query.oldest_first = asked.parameter("reverse") != "false";
    return query;
}

}  // namespace hipchat::host

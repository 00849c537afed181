#pragma once

// SQL on one SQLite file, in values of the standard library. The folder storage/sqlite is the only
// place that includes sqlite3.h.
//
//     connection on(path, access::read_write);
//     on.run("INSERT INTO rooms(id, name, topic) VALUES (?, ?, ?)", 1, "Lobby", std::nullopt);
//
//     statement room = on.query("SELECT name, topic FROM rooms WHERE id = ?", 1);
//     if (room.step()) {
//         std::string name = room.text(0);
//         std::optional<std::string> topic = room.optional_text(1);
//     }
//
// SQL texts are constants with placeholders; values never become part of them, so that a statement
// is prepared once per connection and no value reaches an error message.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "storage/errors.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace hipchat::storage::sqlite {

/// A UNIQUE, NOT NULL, CHECK or FOREIGN KEY rule of the schema refused the change.
class constraint_error : public storage_error {
public:
    using storage_error::storage_error;
};

/// Another process or thread kept the file locked for longer than the busy timeout of 5 s.
class busy_error : public storage_error {
public:
    using storage_error::storage_error;
};

namespace detail {

struct closer {
    void operator()(sqlite3* open) const noexcept;
};

struct finalizer {
    void operator()(sqlite3_stmt* prepared) const noexcept;
};

// Lets a text be looked up without making a string of it.
struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>()(text);
    }
};

// Prepared statements that nobody is using, by their SQL text.
using statement_cache = std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, finalizer>,
                                           text_hash, std::equal_to<>>;

}  // namespace detail

class connection;

/// One prepared SQL statement, borrowed from its connection's cache; destroying it resets it,
/// forgets the bound values and gives it back. It must not outlive its connection, and belongs to
/// the thread that uses that connection. Everything throws storage_error.
class statement {
public:
    statement(statement&& other) noexcept;
    statement& operator=(statement&&) = delete;
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;
    ~statement();

    /// Gives the placeholder at `position` (the first is 1) a value; before the first step() or
    /// after reset(). Text and bytes are copied; text is UTF-8 and may be empty.
    void bind(int position, std::string_view text);
    void bind(int position, const char* text) { bind(position, std::string_view(text)); }
    void bind(int position, const std::string& text) { bind(position, std::string_view(text)); }
    void bind(int position, std::span<const std::byte> bytes);
    void bind(int position, std::nullopt_t);
    void bind(int position, double value);
    template <std::integral Integer>
    void bind(int position, Integer value) {
        if (!std::in_range<std::int64_t>(value)) refuse_integer(position);
        bind_integer(position, static_cast<std::int64_t>(value));
    }
    template <class Value>
    void bind(int position, const std::optional<Value>& value) {
        if (value.has_value())
            bind(position, *value);
        else
            bind(position, std::nullopt);
    }

    /// Goes to the next row; false at the end, when all changes have been made.
    bool step();
    /// Steps to the end.
    void run();
    /// Goes back to before the first row and keeps the bound values.
    void reset() noexcept;

    /// The value of a column (the first is 0) of the row that step() went to. NULL is 0, or empty.
    std::string text(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string blob(int column) const;  ///< bytes, not text
    bool is_null(int column) const;
    std::optional<std::string> optional_text(int column) const;
    std::optional<std::int64_t> optional_integer(int column) const;

private:
    friend connection;
    using cached = detail::statement_cache::node_type;
    statement(connection& owner, cached prepared);

    void bind_integer(int position, std::int64_t value);
    void check(int code) const;
    [[noreturn]] void refuse_integer(int position) const;
    sqlite3_stmt* raw() const noexcept { return prepared_.mapped().get(); }

    connection* owner_;  ///< null once moved from
    cached prepared_;
};

enum class access {
    read_write,
    read_only,  ///< a statement that changes something throws
};

/// One connection to a SQLite file, for one thread at a time: foreign keys are enforced, a commit
/// is on the disk when it returns, a locked file is waited for up to 5 s.
class connection {
public:
    /// Opens a file that exists. Throws storage_error saying what to do.
    connection(const std::string& path, access allowed);
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    /// Closes; the file's last connection moves the write-ahead log into it.
    ~connection();

    /// Prepares `sql`, one statement, or takes it from the cache. A text that is in use already is
    /// prepared once more, so statements may nest.
    statement prepare(std::string_view sql);

    /// Prepares `sql` and binds `values` to its placeholders in order; the caller steps.
    template <class... Values>
    statement query(std::string_view sql, const Values&... values) {
        statement prepared = prepare(sql);
        int position = 0;  // NOLINT(misc-const-correctness): the fold counts with it
        (prepared.bind(++position, values), ...);
        return prepared;
    }

    /// As query(), run to its end. Returns the number of rows inserted, changed or deleted; what it
    /// returns for other statements means nothing.
    template <class... Values>
    std::int64_t run(std::string_view sql, const Values&... values) {
        query(sql, values...).run();
        return changes();
    }

    /// Runs a script of any number of statements without placeholders.
    void exec(const std::string& script);

    /// The rowid that the last INSERT of this connection made.
    std::int64_t last_insert_id() const noexcept;

    /// False if no transaction is open, also when SQLite has given one up after an error.
    bool in_transaction() const noexcept;

private:
    friend statement;
    std::int64_t changes() const noexcept;
    void give_back(statement::cached prepared) noexcept;

    std::unique_ptr<sqlite3, detail::closer> open_;
    detail::statement_cache idle_;  ///< destroyed before open_
};

}  // namespace hipchat::storage::sqlite

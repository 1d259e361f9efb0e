// What Caffe's source finds when it includes <glog/logging.h>: the same macros, with two differences. A failed CHECK or
// a LOG(FATAL) throws caffesharp::CheckFailure instead of ending the process, and every other message goes to the log
// callback of the C interface instead of standard error. C++14, and accepted by nvcc.
#ifndef CAFFESHARP_GLOG_LOGGING_H_
#define CAFFESHARP_GLOG_LOGGING_H_

#include <strings.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>

namespace caffesharp {

enum LogSeverity { kLogInfo = 0, kLogWarning = 1, kLogError = 2 };

// False if nobody would see the message, which is then not even put together.
bool IsLogged(int severity) noexcept;

// One message below FATAL; its destructor hands it on.
class LogMessage {
 public:
  LogMessage(const char* file, int line, int severity) : file_(file), line_(line), severity_(severity) {}
  ~LogMessage();
  LogMessage(const LogMessage&) = delete;
  LogMessage& operator=(const LogMessage&) = delete;
  std::ostream& stream() { return stream_; }

 private:
  const char* file_;
  int line_;
  int severity_;
  std::ostringstream stream_;
};

// A failed CHECK or LOG(FATAL); its destructor throws CheckFailure. Where a throw would end the process (in a
// destructor or while another exception unwinds the stack) it logs an error instead.
class FatalMessage {
 public:
  FatalMessage(const char* file, int line, const char* function) : file_(file), line_(line), function_(function) {}
  FatalMessage(const char* file, int line, const char* function, const std::string& prefix)
      : FatalMessage(file, line, function) {
    stream_ << prefix;
  }
  ~FatalMessage() noexcept(false);
  FatalMessage(const FatalMessage&) = delete;
  FatalMessage& operator=(const FatalMessage&) = delete;
  std::ostream& stream() { return stream_; }

 private:
  const char* file_;
  int line_;
  const char* function_;
  std::ostringstream stream_;
};

// Gives the two branches of the conditional operator in the macros the same type.
struct Voidify {
  void operator&(std::ostream&) const {}
};

// Constants such as static const members have no address to bind a reference to: they are taken by value.
template <typename T>
const T& CheckOperand(const T& value) {
  return value;
}
inline bool CheckOperand(bool value) { return value; }
inline char CheckOperand(char value) { return value; }
inline signed char CheckOperand(signed char value) { return value; }
inline unsigned char CheckOperand(unsigned char value) { return value; }
inline short CheckOperand(short value) { return value; }
inline unsigned short CheckOperand(unsigned short value) { return value; }
inline int CheckOperand(int value) { return value; }
inline unsigned int CheckOperand(unsigned int value) { return value; }
inline long CheckOperand(long value) { return value; }
inline unsigned long CheckOperand(unsigned long value) { return value; }
inline long long CheckOperand(long long value) { return value; }
inline unsigned long long CheckOperand(unsigned long long value) { return value; }

// Null if the check held, else "Check failed: a == b (1 vs. 2) ".
using CheckResult = std::unique_ptr<std::string>;

template <typename A, typename B>
CheckResult FailedCheck(const A& a, const B& b, const char* expression) {
  std::ostringstream text;
  text << "Check failed: " << expression << " (" << a << " vs. " << b << ") ";
  return CheckResult(new std::string(text.str()));
}

struct CheckEqual {
  template <typename A, typename B>
  static bool Holds(const A& a, const B& b) {
    return a == b;
  }
};
struct CheckNotEqual {
  template <typename A, typename B>
  static bool Holds(const A& a, const B& b) {
    return a != b;
  }
};
struct CheckLess {
  template <typename A, typename B>
  static bool Holds(const A& a, const B& b) {
    return a < b;
  }
};
struct CheckLessOrEqual {
  template <typename A, typename B>
  static bool Holds(const A& a, const B& b) {
    return a <= b;
  }
};
struct CheckGreater {
  template <typename A, typename B>
  static bool Holds(const A& a, const B& b) {
    return a > b;
  }
};
struct CheckGreaterOrEqual {
  template <typename A, typename B>
  static bool Holds(const A& a, const B& b) {
    return a >= b;
  }
};

template <typename Relation, typename A, typename B>
CheckResult CheckRelation(const A& a, const B& b, const char* expression) {
  return Relation::Holds(a, b) ? CheckResult() : FailedCheck(a, b, expression);
}

inline CheckResult CheckStrings(bool holds, const char* a, const char* b, const char* expression) {
  return holds ? CheckResult() : FailedCheck(a ? a : "", b ? b : "", expression);
}

inline bool SameString(const char* a, const char* b) { return a == b || (a && b && std::strcmp(a, b) == 0); }
inline bool SameStringIgnoringCase(const char* a, const char* b) { return a == b || (a && b && strcasecmp(a, b) == 0); }

template <typename T>
T CheckNotNull(const char* file, int line, const char* function, const char* text, T&& pointer) {
  if (pointer == nullptr) FatalMessage(file, line, function, text);
  return std::forward<T>(pointer);
}

}  // namespace caffesharp

namespace google {
enum { INFO = 0, WARNING = 1, ERROR = 2, FATAL = 3, GLOG_INFO = 0, GLOG_WARNING = 1, GLOG_ERROR = 2, GLOG_FATAL = 3 };
// The host process owns its signals and its logging.
inline void InitGoogleLogging(const char*) {}
inline void ShutdownGoogleLogging() {}
inline void InstallFailureSignalHandler() {}
}  // namespace google

#define CAFFESHARP_LOG(severity)                  \
  !::caffesharp::IsLogged(::caffesharp::severity) \
      ? (void)0                                   \
      : ::caffesharp::Voidify() & ::caffesharp::LogMessage(__FILE__, __LINE__, ::caffesharp::severity).stream()
#define CAFFESHARP_LOG_INFO CAFFESHARP_LOG(kLogInfo)
#define CAFFESHARP_LOG_WARNING CAFFESHARP_LOG(kLogWarning)
#define CAFFESHARP_LOG_ERROR CAFFESHARP_LOG(kLogError)
#define CAFFESHARP_LOG_FATAL ::caffesharp::Voidify() & ::caffesharp::FatalMessage(__FILE__, __LINE__, __func__).stream()
#ifdef NDEBUG
#define CAFFESHARP_LOG_DFATAL CAFFESHARP_LOG_ERROR
#else
#define CAFFESHARP_LOG_DFATAL CAFFESHARP_LOG_FATAL
#endif

// True on the calls that the counter of this place in the source lets through.
#define CAFFESHARP_COUNTED(condition)     \
  [](int limit) {                         \
    static ::std::atomic<int> calls(0);   \
    const int count = calls.fetch_add(1); \
    return condition;                     \
  }

#define LOG(severity) CAFFESHARP_LOG_##severity
#define LOG_IF(severity, condition) !(condition) ? (void)0 : CAFFESHARP_LOG_##severity
#define LOG_EVERY_N(severity, n) LOG_IF(severity, CAFFESHARP_COUNTED(count % limit == 0)(n))
#define LOG_FIRST_N(severity, n) LOG_IF(severity, CAFFESHARP_COUNTED(count < limit)(n))
#define LOG_IF_EVERY_N(severity, condition, n) \
  LOG_IF(severity, (condition) && CAFFESHARP_COUNTED(count % limit == 0)(n))
#define PLOG(severity) LOG(severity) << ::std::strerror(errno) << " [" << errno << "] "
#define PLOG_IF(severity, condition) LOG_IF(severity, condition) << ::std::strerror(errno) << " [" << errno << "] "
#define VLOG_IS_ON(level) false
#define VLOG(level) LOG_IF(INFO, VLOG_IS_ON(level))
#define VLOG_IF(level, condition) LOG_IF(INFO, VLOG_IS_ON(level) && (condition))

#define CHECK(condition) LOG_IF(FATAL, !(condition)) << "Check failed: " #condition " "
#define PCHECK(condition) CHECK(condition) << ::std::strerror(errno) << " [" << errno << "] "
#define CHECK_ERR(call) PCHECK((call) != -1)

// A loop that runs at most once: a bare "if" would capture an "else" that follows it in Caffe's code.
#define CAFFESHARP_CHECK_RESULT(result)                                                                    \
  for (::caffesharp::CheckResult caffesharp_result = result; caffesharp_result; caffesharp_result.reset()) \
  ::caffesharp::FatalMessage(__FILE__, __LINE__, __func__, *caffesharp_result).stream()
#define CAFFESHARP_CHECK_RELATION(relation, symbol, a, b)                       \
  CAFFESHARP_CHECK_RESULT((::caffesharp::CheckRelation<::caffesharp::relation>( \
      ::caffesharp::CheckOperand(a), ::caffesharp::CheckOperand(b), #a " " symbol " " #b)))
#define CHECK_EQ(a, b) CAFFESHARP_CHECK_RELATION(CheckEqual, "==", a, b)
#define CHECK_NE(a, b) CAFFESHARP_CHECK_RELATION(CheckNotEqual, "!=", a, b)
#define CHECK_LT(a, b) CAFFESHARP_CHECK_RELATION(CheckLess, "<", a, b)
#define CHECK_LE(a, b) CAFFESHARP_CHECK_RELATION(CheckLessOrEqual, "<=", a, b)
#define CHECK_GT(a, b) CAFFESHARP_CHECK_RELATION(CheckGreater, ">", a, b)
#define CHECK_GE(a, b) CAFFESHARP_CHECK_RELATION(CheckGreaterOrEqual, ">=", a, b)

#define CAFFESHARP_CHECK_STRINGS(holds, symbol, a, b) \
  CAFFESHARP_CHECK_RESULT(::caffesharp::CheckStrings(holds, a, b, #a " " symbol " " #b))
#define CHECK_STREQ(a, b) CAFFESHARP_CHECK_STRINGS(::caffesharp::SameString(a, b), "==", a, b)
#define CHECK_STRNE(a, b) CAFFESHARP_CHECK_STRINGS(!::caffesharp::SameString(a, b), "!=", a, b)
#define CHECK_STRCASEEQ(a, b) CAFFESHARP_CHECK_STRINGS(::caffesharp::SameStringIgnoringCase(a, b), "==", a, b)
#define CHECK_STRCASENE(a, b) CAFFESHARP_CHECK_STRINGS(!::caffesharp::SameStringIgnoringCase(a, b), "!=", a, b)

#define CHECK_NOTNULL(pointer) \
  ::caffesharp::CheckNotNull(__FILE__, __LINE__, __func__, "'" #pointer "' Must be non NULL", (pointer))
#define CHECK_INDEX(index, array) CHECK(index < (sizeof(array) / sizeof(array[0])))
#define CHECK_BOUND(bound, array) CHECK(bound <= (sizeof(array) / sizeof(array[0])))
#define CHECK_NEAR(a, b, margin) CHECK((a) >= (b) - (margin) && (a) <= (b) + (margin)) << #a " is not near " #b " "
#define CHECK_DOUBLE_EQ(a, b) CHECK_NEAR(a, b, 0.000000000000001L)

// The debug variants compile either way, so that they cannot rot, and cost nothing in a release build.
#ifdef NDEBUG
#define CAFFESHARP_DEBUG(statement) \
  while (false) statement
#else
#define CAFFESHARP_DEBUG(statement) statement
#endif
#define DLOG(severity) CAFFESHARP_DEBUG(LOG(severity))
#define DLOG_IF(severity, condition) CAFFESHARP_DEBUG(LOG_IF(severity, condition))
#define DLOG_EVERY_N(severity, n) CAFFESHARP_DEBUG(LOG_EVERY_N(severity, n))
#define DLOG_FIRST_N(severity, n) CAFFESHARP_DEBUG(LOG_FIRST_N(severity, n))
#define DLOG_IF_EVERY_N(severity, condition, n) CAFFESHARP_DEBUG(LOG_IF_EVERY_N(severity, condition, n))
#define DVLOG(level) CAFFESHARP_DEBUG(VLOG(level))
#define DCHECK(condition) CAFFESHARP_DEBUG(CHECK(condition))
#define DCHECK_EQ(a, b) CAFFESHARP_DEBUG(CHECK_EQ(a, b))
#define DCHECK_NE(a, b) CAFFESHARP_DEBUG(CHECK_NE(a, b))
#ifdef NDEBUG
#define DCHECK_NOTNULL(pointer) (pointer)
#else
#define DCHECK_NOTNULL(pointer) CHECK_NOTNULL(pointer)
#endif
// Caffe's layers guard array indices that come from data, such as labels, by these alone: without them a wrong label
// reads memory that is not the blob's. They are on in release builds too.
#define DCHECK_LT(a, b) CHECK_LT(a, b)
#define DCHECK_LE(a, b) CHECK_LE(a, b)
#define DCHECK_GT(a, b) CHECK_GT(a, b)
#define DCHECK_GE(a, b) CHECK_GE(a, b)

#endif  // CAFFESHARP_GLOG_LOGGING_H_

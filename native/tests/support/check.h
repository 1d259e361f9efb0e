/* A test is a function that checks; a program runs the one it is given by name, or all. */
#ifndef CAFFESHARP_TESTS_CHECK_H_
#define CAFFESHARP_TESTS_CHECK_H_

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "caffesharp/caffesharp.h"

struct test {
  const char* name;
  void (*run)(void);
};

/* CMake reads these lines, so that each test is one of ctest's. */
#define TEST(name) static void name(void)
#define ENTRY(name) \
  { #name, name }

static int check_failures;

static inline const char* last_message(void) {
  caffe_error error;
  return caffe_error_last(&error) == CAFFE_OK ? error.message : "";
}

#define CHECK_THAT(condition)                                                 \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      ++check_failures;                                                       \
    }                                                                         \
  } while (0)

#define CHECK_STATUS(expected, call)                                                                              \
  do {                                                                                                            \
    const caffe_status check_status = (call);                                                                     \
    if (check_status != (expected)) {                                                                             \
      fprintf(stderr, "%s:%d: %s gave %d, not %s: %s\n", __FILE__, __LINE__, #call, (int)check_status, #expected, \
              last_message());                                                                                    \
      ++check_failures;                                                                                           \
    }                                                                                                             \
  } while (0)

#define CHECK_OK(call) CHECK_STATUS(CAFFE_OK, call)

/* A call whose success everything after it needs. */
#define MUST(call)                   \
  do {                               \
    CHECK_OK(call);                  \
    if (check_failures > 0) exit(1); \
  } while (0)

#define CHECK_CONTAINS(text, part)                                                           \
  do {                                                                                       \
    const char* const check_text = (text);                                                   \
    if (strstr(check_text, part) == NULL) {                                                  \
      fprintf(stderr, "%s:%d: '%s' is not in '%s'\n", __FILE__, __LINE__, part, check_text); \
      ++check_failures;                                                                      \
    }                                                                                        \
  } while (0)

#define CHECK_SAME_TEXT(a, b)                                                             \
  do {                                                                                    \
    const char* const check_a = (a);                                                      \
    const char* const check_b = (b);                                                      \
    if (strcmp(check_a, check_b) != 0) {                                                  \
      fprintf(stderr, "%s:%d: '%s' is not '%s'\n", __FILE__, __LINE__, check_a, check_b); \
      ++check_failures;                                                                   \
    }                                                                                     \
  } while (0)

/* The call fails with that status, and its message has these words in it. */
#define CHECK_FAILS(expected, words, call) \
  do {                                     \
    CHECK_STATUS(expected, call);          \
    CHECK_CONTAINS(last_message(), words); \
  } while (0)

static inline int run_tests(const struct test* tests, size_t count, int argc, char** argv) {
  size_t run = 0;
  for (size_t i = 0; i < count; ++i) {
    if (argc > 1 && strcmp(argv[1], tests[i].name) != 0) continue;
    printf("%s\n", tests[i].name);
    tests[i].run();
    ++run;
  }
  if (run == 0) fprintf(stderr, "no test is named %s\n", argc > 1 ? argv[1] : "");
  return run > 0 && check_failures == 0 ? 0 : 1;
}

#define TEST_MAIN(tests) \
  int main(int argc, char** argv) { return run_tests(tests, sizeof(tests) / sizeof((tests)[0]), argc, argv); }

#endif /* CAFFESHARP_TESTS_CHECK_H_ */

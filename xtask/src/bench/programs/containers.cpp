#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

int main() {
    std::map<std::string, std::vector<int>> by_length;
    std::vector<std::string> words = {"one", "two", "three", "four", "five"};
    for (std::size_t at = 0; at < words.size(); at++)
        by_length[std::to_string(words[at].size())].push_back(static_cast<int>(at));
    std::sort(words.begin(), words.end());
    std::cout << words.front() << ' ' << by_length["3"].size() << '\n';
}

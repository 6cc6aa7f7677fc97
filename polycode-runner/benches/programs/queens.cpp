#include <iostream>
#include <vector>

static int place(int row, std::vector<int> &columns, std::vector<int> &left, std::vector<int> &right) {
    int size = columns.size();
    if (row == size) return 1;
    int found = 0;
    for (int column = 0; column < size; column++) {
        int a = row + column, b = row - column + size;
        if (columns[column] || left[a] || right[b]) continue;
        columns[column] = left[a] = right[b] = 1;
        found += place(row + 1, columns, left, right);
        columns[column] = left[a] = right[b] = 0;
    }
    return found;
}

int main() {
    int size = 12;
    std::vector<int> columns(size), left(2 * size), right(2 * size);
    std::cout << place(0, columns, left, right) << '\n';
}

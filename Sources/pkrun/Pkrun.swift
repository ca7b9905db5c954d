@main
enum Pkrun {
    static func main() {}
}

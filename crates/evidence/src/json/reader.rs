//! The descent through a document.

use super::flaws::Flaws;
use super::gather::Gathering;
use super::{Bounds, DEPTH_CEILING, Fault, Member, NAMES_KEPT, Node, Parsed, Span, Text, Value};
use super::{names, number, string};
use crate::reason::ReasonCode;

/// Reads a whole document.
pub(super) fn read<'a>(text: &'a str, bounds: &Bounds) -> Result<Parsed<'a>, Broken> {
    let mut reader = Reader::new(text, bounds);
    match reader.document() {
        Ok(root) => Ok(Parsed {
            root,
            flaws: reader.flaws.in_order(),
        }),
        Err(stop) => Err(Broken {
            code: stop.code,
            offset: stop.offset,
            names: reader.names,
        }),
    }
}

/// Why and where reading stopped, and the outermost member names until then.
pub(super) struct Broken {
    code: ReasonCode,
    offset: usize,
    pub(super) names: Vec<String>,
}

impl Broken {
    pub(super) fn into_fault(self, text: &[u8]) -> Fault {
        Fault::new(text, self.code, self.offset, self.names)
    }
}

/// What the allocator takes for the block of a container's content.
const CONTAINER: usize = 16;

struct Stop {
    code: ReasonCode,
    offset: usize,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    deepest: usize,
    longest_string: usize,
    nodes_left: usize,
    memory_left: usize,
    /// The members of the objects being read, those of the innermost last.
    members: Vec<Member<'a>>,
    /// The elements of the arrays being read, likewise.
    items: Vec<Node<'a>>,
    flaws: Flaws,
    /// The outermost member names, filled in only when reading stops.
    names: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, bounds: &Bounds) -> Reader<'a> {
        Reader {
            text,
            at: 0,
            deepest: bounds.depth.min(DEPTH_CEILING),
            longest_string: bounds.string,
            nodes_left: bounds.nodes,
            memory_left: bounds.memory_of_tree(text.len()),
            // A small document's fit without growing step by step.
            members: Vec::with_capacity((text.len() / 32).min(32)),
            items: Vec::new(),
            flaws: Flaws::default(),
            names: Vec::new(),
        }
    }

    fn document(&mut self) -> Result<Node<'a>, Stop> {
        self.skip_blanks();
        if self.peek().is_none() {
            return Err(self.stop(ReasonCode::JsonEmpty));
        }
        let root = self.value(0)?;
        self.skip_blanks();
        match self.peek() {
            None => Ok(root),
            Some(_) => {
                self.keep_names(root.members());
                Err(self.stop(ReasonCode::JsonTrailingData))
            }
        }
    }

    /// One value inside `depth` containers.
    fn value(&mut self, depth: usize) -> Result<Node<'a>, Stop> {
        let Some(nodes_left) = self.nodes_left.checked_sub(1) else {
            return Err(self.stop(ReasonCode::LimitJsonNodes));
        };
        self.nodes_left = nodes_left;
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => {
                let (text, _) = self.string()?;
                self.spend(text.heap())?;
                Value::String(text)
            }
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(_) => self.number()?,
            None => return Err(self.syntax()),
        };
        Ok(Node {
            value,
            span: self.span_from(start),
        })
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, Stop> {
        self.descend(depth)?;
        let mut gathering = Gathering::above(&self.members);
        if let Err(stop) = self.read_members(depth, &mut gathering) {
            let members = gathering.finish(&mut self.members);
            if depth == 0 {
                self.keep_names(&members);
            }
            return Err(stop);
        }
        let members = gathering.finish(&mut self.members);
        let looked_through = names::memory(members.len());
        self.spend(looked_through)?;
        names::examine(&members, &mut self.flaws);
        self.memory_left += looked_through;
        Ok(Value::Object(members))
    }

    /// The names of the finished members, before that of the one that stopped.
    fn keep_names(&mut self, members: &[Member<'a>]) {
        let finished = members.iter().map(|member| member.name.lossy().into_owned());
        let unfinished = std::mem::take(&mut self.names);
        self.names = finished.chain(unfinished).take(NAMES_KEPT).collect();
    }

    fn read_members(&mut self, depth: usize, gathering: &mut Gathering<Member<'a>>) -> Result<(), Stop> {
        self.spend(CONTAINER)?;
        if self.closes(b'}') {
            return Ok(());
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.syntax());
            }
            let (name, name_span) = self.string()?;
            match self.member_value(depth, &name) {
                Ok(value) => gathering.push(&mut self.members, Member { name, name_span, value }),
                Err(stop) => {
                    if depth == 0 {
                        self.names.push(name.lossy().into_owned());
                    }
                    return Err(stop);
                }
            }
            if self.ends(b'}')? {
                return Ok(());
            }
        }
    }

    fn member_value(&mut self, depth: usize, name: &Text<'a>) -> Result<Node<'a>, Stop> {
        self.spend(size_of::<Member<'_>>() + name.heap())?;
        self.skip_blanks();
        self.expect(b':')?;
        self.skip_blanks();
        self.value(depth + 1)
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>, Stop> {
        self.descend(depth)?;
        let mut gathering = Gathering::above(&self.items);
        let read = self.read_items(depth, &mut gathering);
        let items = gathering.finish(&mut self.items);
        read.map(|()| Value::Array(items))
    }

    fn read_items(&mut self, depth: usize, gathering: &mut Gathering<Node<'a>>) -> Result<(), Stop> {
        self.spend(CONTAINER)?;
        if self.closes(b']') {
            return Ok(());
        }
        loop {
            self.spend(size_of::<Node<'_>>())?;
            let item = self.value(depth + 1)?;
            gathering.push(&mut self.items, item);
            if self.ends(b']')? {
                return Ok(());
            }
        }
    }

    /// Counts memory that the tree takes.
    fn spend(&mut self, bytes: usize) -> Result<(), Stop> {
        match self.memory_left.checked_sub(bytes) {
            Some(left) => self.memory_left = left,
            None => return Err(self.stop(ReasonCode::LimitJsonNodes)),
        }
        Ok(())
    }

    /// Steps over an opening bracket, if it may nest that deep.
    fn descend(&mut self, depth: usize) -> Result<(), Stop> {
        if depth >= self.deepest {
            return Err(self.stop(ReasonCode::LimitJsonDepth));
        }
        self.at += 1;
        self.skip_blanks();
        Ok(())
    }

    /// Steps over a closing bracket, if there is one.
    fn closes(&mut self, bracket: u8) -> bool {
        let closes = self.peek() == Some(bracket);
        self.at += usize::from(closes);
        closes
    }

    /// After an item: the closing bracket (true), or a comma and what stands before the next item (false).
    fn ends(&mut self, bracket: u8) -> Result<bool, Stop> {
        self.skip_blanks();
        if self.closes(bracket) {
            return Ok(true);
        }
        self.expect(b',')?;
        self.skip_blanks();
        Ok(false)
    }

    fn string(&mut self) -> Result<(Text<'a>, Span), Stop> {
        let start = self.at;
        let text = self.text;
        let rest = text.get(start + 1..).unwrap_or_default();
        let literal = string::literal(rest).map_err(|place| Stop {
            code: ReasonCode::JsonSyntax,
            offset: start + 1 + place,
        })?;
        if literal.length > self.longest_string {
            return Err(self.stop(ReasonCode::LimitLineLength));
        }
        for (code, place) in string::flaws(&literal) {
            self.flaws.push(code, start + place);
        }
        self.at = start + literal.length + 2;
        Ok((literal.text, self.span_from(start)))
    }

    fn number(&mut self) -> Result<Value<'a>, Stop> {
        let start = self.at;
        let text = self.text;
        let rest = text.get(start..).unwrap_or_default();
        let literal = number::literal(rest.as_bytes()).map_err(|place| Stop {
            code: ReasonCode::JsonSyntax,
            offset: start + place,
        })?;
        let number = rest.get(..literal.length).unwrap_or_default();
        if let Some(code) = number::flaw(number, literal) {
            self.flaws.push(code, start);
        }
        self.at += literal.length;
        Ok(Value::Number(number))
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, Stop> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let same = rest.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        self.at += same;
        if same < word.len() {
            return Err(self.syntax());
        }
        Ok(value)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        if self.peek() != Some(byte) {
            return Err(self.syntax());
        }
        self.at += 1;
        Ok(())
    }

    fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    fn syntax(&self) -> Stop {
        self.stop(ReasonCode::JsonSyntax)
    }

    fn stop(&self, code: ReasonCode) -> Stop {
        Stop { code, offset: self.at }
    }
}
